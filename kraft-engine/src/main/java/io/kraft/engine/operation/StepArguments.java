package io.kraft.engine.operation;

import java.lang.reflect.Type;
import java.util.List;

import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.run.ArgumentMismatch;
import io.kraft.engine.run.Divergence;
import io.kraft.engine.run.ExecutionSettings;
import io.kraft.engine.run.LoadedRun;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.NonDeterministicWorkflowException;
import io.kraft.workflow.PayloadSerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The arguments of a step. They are written down before its body runs, so that a person
 * sees what went in, and compared on replay.
 * <p>
 * Each attempt gets copies, read from what was written at the call: what a body changes
 * in its arguments would be seen by the workflow that has just run it, but never by one
 * that is answered from the journal. For the same reason a compensation gets what the
 * journal holds, whatever the code has done to its objects since. Values that cannot
 * change are handed over as they are.
 */
final class StepArguments {

	private static final Logger logger = LoggerFactory.getLogger(StepArguments.class);

	private final StepDefinition step;

	private final PayloadConverter payloads;

	private final @Nullable Object[] values;

	/** What is, or will be, in the journal; null where arguments are not recorded. */
	private final @Nullable Payload recorded;

	/** As they are at this call; null where it was not needed yet. */
	private @Nullable Payload atCall;

	private StepArguments(LoadedRun run, StepDefinition step, @Nullable Object[] values, @Nullable Payload recorded,
			@Nullable Payload atCall) {
		this.step = step;
		this.payloads = run.environment().payloads();
		this.values = values;
		this.recorded = recorded;
		this.atCall = atCall;
	}

	/**
	 * Writes the arguments, and compares them with the recorded ones.
	 * @throws KraftException if they cannot be written
	 */
	static StepArguments of(LoadedRun run, StepDefinition step, @Nullable Object[] values,
			@Nullable RecordedOperation recorded) {
		ExecutionSettings settings = run.environment().settings();
		Payload before = (recorded != null) ? recorded.arguments() : null;
		// None are recorded where they could not be written either.
		if (!settings.recordArguments()
				|| (recorded != null && (before == null || settings.argumentMismatch() == ArgumentMismatch.IGNORE))) {
			return new StepArguments(run, step, values, settings.recordArguments() ? before : null, null);
		}
		Payload arguments = run.environment().payloads().writeArguments(values, types(step), what(step));
		if (recorded == null || before == null) {
			return new StepArguments(run, step, values, arguments, arguments);
		}
		if (!run.environment().payloads().areSameArguments(before, arguments)) {
			report(run, recorded, arguments);
		}
		return new StepArguments(run, step, values, before, arguments);
	}

	/**
	 * Arguments that cannot be written.
	 */
	static StepArguments unwritable(LoadedRun run, StepDefinition step, @Nullable Object[] values) {
		return new StepArguments(run, step, values, null, null);
	}

	@Nullable Payload recorded() {
		return this.recorded;
	}

	/**
	 * Keeps them as they are now: while the step waits for its next attempt, another
	 * branch may change them.
	 * @throws KraftException if they cannot be written
	 */
	void freeze() {
		if (this.atCall == null && !areImmutable()) {
			this.atCall = this.payloads.writeArguments(this.values, types(this.step), what(this.step));
		}
	}

	/**
	 * For one attempt.
	 * @throws PayloadSerializationException if one cannot be read back
	 */
	@Nullable Object[] ofAttempt() {
		return areImmutable() ? this.values.clone() : copyOf(this.atCall);
	}

	/**
	 * For the compensation, as the journal holds them.
	 * @throws PayloadSerializationException if one cannot be read back
	 */
	@Nullable Object[] ofCompensation() {
		if (this.recorded == null) {
			return ofAttempt();
		}
		return this.recorded.equals(this.atCall) ? ofAttempt()
				: this.payloads.readArguments(this.recorded, types(this.step), what(this.step));
	}

	private @Nullable Object[] copyOf(@Nullable Payload written) {
		if (written == null) {
			throw new IllegalStateException("Nothing is written of " + what(this.step));
		}
		return this.payloads.copyArguments(this.values, written, types(this.step), what(this.step));
	}

	private boolean areImmutable() {
		return this.payloads.areImmutable(types(this.step));
	}

	private static List<Type> types(StepDefinition step) {
		return step.signature().parameterTypes();
	}

	private static String what(StepDefinition step) {
		return "the arguments of step '" + step.name() + "'";
	}

	private static void report(LoadedRun run, RecordedOperation recorded, Payload arguments) {
		NonDeterministicWorkflowException difference = Divergence.inArguments(run.id(), recorded, arguments,
				run.environment().payloads());
		if (run.environment().settings().argumentMismatch() == ArgumentMismatch.PAUSE) {
			throw run.continuation().pause(difference);
		}
		if (run.telemetry().warnsForTheFirstTime()) {
			logger.warn("{} The recorded outcome is used. Later differences of this run are not reported "
					+ "(kraft.replay.argument-mismatch=warn)", difference.getMessage());
		}
	}

}
