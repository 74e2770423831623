package io.kraft.engine.execution.operation;

import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.execution.run.ArgumentMismatch;
import io.kraft.engine.execution.run.Divergence;
import io.kraft.engine.execution.run.ExecutionSettings;
import io.kraft.engine.execution.run.LoadedRun;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.RecordedOperation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The arguments of a step, written down before its body runs, so that a person sees what
 * went in; compared on replay.
 */
final class StepArguments {

	private static final Logger logger = LoggerFactory.getLogger(StepArguments.class);

	private StepArguments() {
	}

	/**
	 * Writes the arguments.
	 * @return null where arguments are not recorded
	 */
	static @Nullable Payload of(LoadedRun run, StepDefinition step, @Nullable Object[] values,
			@Nullable RecordedOperation recorded) {
		ExecutionSettings settings = run.environment().settings();
		if (!settings.recordArguments()) {
			return null;
		}
		Payload before = (recorded != null) ? recorded.arguments() : null;
		// None are recorded where they could not be written either.
		if (recorded != null && (before == null || settings.argumentMismatch() == ArgumentMismatch.IGNORE)) {
			return before;
		}
		Payload arguments = run.environment()
			.payloads()
			.writeArguments(values, step.signature().parameterTypes(), "the arguments of step '" + step.name() + "'");
		if (recorded == null || before == null) {
			return arguments;
		}
		if (!run.environment().payloads().areSameArguments(before, arguments)) {
			report(run, recorded, arguments);
		}
		return before;
	}

	private static void report(LoadedRun run, RecordedOperation recorded, Payload arguments) {
		if (run.environment().settings().argumentMismatch() == ArgumentMismatch.PAUSE) {
			throw run.pause(Divergence.inArguments(run.id(), recorded, arguments));
		}
		if (run.warnsForTheFirstTime()) {
			logger.warn(
					"{} The recorded outcome is used. Later differences of this run are not reported "
							+ "(kraft.replay.argument-mismatch=warn)",
					Divergence.inArguments(run.id(), recorded, arguments).getMessage());
		}
	}

}
