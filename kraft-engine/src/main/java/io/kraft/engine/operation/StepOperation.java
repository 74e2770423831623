package io.kraft.engine.operation;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.JournalEntry.StepAttemptFailed;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.journal.JournalEntry.StepIntended;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.observation.AttemptObservation;
import io.kraft.engine.observation.AttemptOutcome;
import io.kraft.engine.routing.Activity;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.Instants;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.Parking;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.run.RunUnwound;
import io.kraft.engine.run.WaitCondition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Timer;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.StepAttemptsExhaustedException;
import io.kraft.workflow.StepOutcomeUnknownException;
import io.kraft.workflow.StepTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A step of a run, from its call to its outcome: answered from the journal, or attempted
 * under its policy until it has one.
 * <p>
 * Crash before the body: it is entered by the next owner. Inside it or after it, before
 * the outcome is durable: it is entered again with the same idempotency key, or, with
 * at-most-once delivery, its outcome is unknown for good. While it waits for a retry: the
 * wait continues, and so does the count of attempts. After the outcome is durable: never
 * entered again. The progress that an attempt reports is {@link StepProgress}'s.
 */
public final class StepOperation {

	private final Branch branch;

	private final LoadedRun run;

	private final RunEnvironment environment;

	private final StepDefinition step;

	private final StepBody body;

	private final Operation operation;

	private final Position position;

	private final @Nullable RecordedOperation recorded;

	private final Instant calledAt;

	private StepArguments arguments;

	private int failedAttempts;

	private StepOperation(Branch branch, StepDefinition step, Operation operation, @Nullable Object[] arguments,
			StepBody body) {
		this.branch = branch;
		this.run = branch.run();
		this.environment = this.run.environment();
		this.step = step;
		this.body = body;
		this.operation = operation;
		this.position = operation.position();
		this.recorded = operation.recorded();
		this.calledAt = this.environment.now();
		this.arguments = StepArguments.unwritable(this.run, step, arguments);
	}

	/**
	 * Answers a call of a step.
	 * @param body called once for each attempt
	 * @throws RunUnwound if the run does not continue here
	 * @throws Throwable what the step has failed with
	 */
	public static @Nullable Object execute(Branch branch, StepDefinition step, @Nullable Object[] arguments,
			StepBody body) throws Throwable {
		Operation operation = branch.begin(OperationKind.STEP, step.name());
		return new StepOperation(branch, step, operation, arguments, body).execute(arguments);
	}

	private @Nullable Object execute(@Nullable Object[] values) throws Throwable {
		try {
			this.arguments = StepArguments.of(this.run, this.step, values, this.recorded);
			if (needsArguments()) {
				this.arguments.freeze();
			}
		}
		catch (KraftException ex) {
			if (this.recorded != null && this.recorded.completedBy() != null) {
				throw this.run.continuation().pause(ex);
			}
			if (this.recorded != null && this.recorded.lastFailedAttempt() != null) {
				endRetryOnDisk(this.recorded.lastFailedAttempt().retryAt());
			}
			return recordFailure(ex, 1, this.calledAt);
		}
		if (this.recorded != null) {
			if (this.recorded.completedBy() instanceof StepCompleted completed) {
				return answer(completed.outcome(), completed.attempts(), this.recorded.completedSequence());
			}
			this.branch.stayIfOnlyReplaying(this.operation);
			this.failedAttempts = this.recorded.failedAttempts();
			if (this.recorded.intents() > this.failedAttempts && this.step.delivery() == Delivery.AT_MOST_ONCE) {
				return recordFailure(outcomeUnknown("the process died in", null), this.failedAttempts + 1,
						this.calledAt);
			}
			if (this.recorded.lastFailedAttempt() != null) {
				resumeRetry(this.recorded.lastFailedAttempt());
			}
		}
		return attemptUntilCompleted();
	}

	/** By an attempt, or by a compensation. */
	private boolean needsArguments() {
		if (this.recorded == null || !(this.recorded.completedBy() instanceof StepCompleted completed)) {
			return true;
		}
		return this.step.compensation() != null && completed.outcome() instanceof Outcome.Success;
	}

	private @Nullable Object attemptUntilCompleted() throws Throwable {
		StepProgress progress = new StepProgress(this.run, this.position, this.step.name());
		while (true) {
			this.branch.cancellation().checkNotRequested(this.operation);
			if (this.failedAttempts > 0) {
				// Each attempt that fails is an entry, and there may be attempts without
				// end.
				this.branch.checkRoom();
			}
			Instant startedAt = this.environment.now();
			becomeDurable(startedAt);
			AttemptObservation observed = this.run.telemetry()
				.observation()
				.attempt(this.step.name(), this.failedAttempts + 1);
			Attempt attempt = attempt(startedAt, progress, observed);
			if (attempt instanceof Attempt.Succeeded(Payload payload, var value)) {
				observed.end(AttemptOutcome.COMPLETED, null);
				int sequence = record(new Outcome.Success(payload), this.failedAttempts + 1, startedAt,
						progress.forgotten());
				pushCompensation(payload, sequence);
				return this.step.resultStyle().completed(value);
			}
			Throwable failure = ((Attempt.Thrown) attempt).failure();
			this.failedAttempts++;
			Throwable last = lastFailure(failure);
			observed.end((last != null) ? AttemptOutcome.FAILED : AttemptOutcome.RETRIED, failure);
			if (last != null) {
				if (!isOutcomeUnknown(failure) && retry().pausesAfter(failure, this.failedAttempts)) {
					throw pause(failure);
				}
				return recordFailure(last, this.failedAttempts, startedAt);
			}
			StepLog.retried(this.run, this.step, this.failedAttempts, failure);
			retryAfter(failure);
		}
	}

	/**
	 * Whether the attempt was cut off somewhere, and must not be followed by another. An
	 * error of the virtual machine may also have come after the body, to the engine.
	 */
	private boolean isOutcomeUnknown(Throwable failure) {
		return this.step.delivery() == Delivery.AT_MOST_ONCE
				&& (failure instanceof StepTimeoutException || failure instanceof VirtualMachineError);
	}

	/**
	 * The failed attempt counts, so that the next one belongs to a fresh set. Crash
	 * before the pause is durable: the next owner begins that set.
	 */
	private RunUnwound pause(Throwable failure) {
		Instant now = this.environment.now();
		this.run.journal()
			.append(new StepAttemptFailed(this.position, this.step.name(), this.arguments.recorded(),
					this.failedAttempts, Failures.record(failure), now, now));
		return this.run.continuation()
			.pause(new StepAttemptsExhaustedException("step '" + this.step.name() + "' of run '" + this.run.id()
					+ "' at position " + this.position + " has used up its attempts, of which " + this.failedAttempts
					+ " have failed, the last one with " + Failures.describe(failure)
					+ ". Fix the cause and resume the run: that gives the step a fresh set of attempts; "
					+ "or let the run fail and be compensated (failRun). See docs/reference/errors.md#kraft-2009",
					failure, this.run.id(), this.position.toString(), this.step.name(), this.failedAttempts));
	}

	/** What the run has produced so far, before the body is entered. */
	private void becomeDurable(Instant startedAt) {
		if (this.step.delivery() == Delivery.AT_MOST_ONCE) {
			this.run.journal()
				.append(new StepIntended(this.position, this.step.name(), this.arguments.recorded(), startedAt));
			this.run.continuation().awaitDurable();
			// It may have been paused meanwhile; an intent, once written, is followed.
			return;
		}
		this.run.continuation().awaitDurable();
		this.run.continuation().check();
	}

	private Attempt attempt(Instant startedAt, StepProgress progress, AttemptObservation observed) {
		try {
			return attempt(startedAt, progress);
		}
		catch (RunUnwound ex) {
			observed.end(AttemptOutcome.CUT_OFF, null);
			throw ex;
		}
	}

	private Attempt attempt(Instant startedAt, StepProgress progress) {
		try {
			Object returned = new StepAttempt(this.branch, this.step, this.position, this.failedAttempts + 1,
					this.calledAt, startedAt, progress)
				.call(() -> this.body.call(this.arguments.ofAttempt()));
			Type type = this.step.signature().resultType();
			Payload payload = this.environment.payloads().write(returned, type, what());
			// What cannot be read back is a failure now, and not only on replay.
			return new Attempt.Succeeded(payload, this.environment.payloads().read(payload, type, what()));
		}
		catch (RunUnwound ex) {
			throw ex;
		}
		catch (Throwable ex) {
			this.run.continuation().checkNotCutOff(ex);
			return new Attempt.Thrown(ex);
		}
	}

	/** What the step has failed with; null if another attempt is to be made. */
	private @Nullable Throwable lastFailure(Throwable failure) {
		if (isOutcomeUnknown(failure)) {
			return outcomeUnknown((failure instanceof StepTimeoutException) ? "its time-out cut off"
					: "an error of the virtual machine cut off", failure);
		}
		return retry().allowsAnother(failure, this.failedAttempts) ? null : failure;
	}

	private @Nullable Object recordFailure(Throwable failure, int attempts, Instant startedAt) throws Throwable {
		StepLog.failed(this.run, this.step, this.position, attempts, failure);
		Outcome outcome = new Outcome.Failed(Failures.record(failure));
		return answer(outcome, attempts, record(outcome, attempts, startedAt));
	}

	private int record(Outcome outcome, int attempts, Instant startedAt, Change... changes) {
		return this.run.journal()
			.append(new StepCompleted(this.position, this.step.name(), this.arguments.recorded(), outcome, attempts,
					startedAt, this.environment.now()), changes);
	}

	private RetryPolicy retry() {
		return this.run.definition().retryOf(this.step);
	}

	private void retryAfter(Throwable failure) {
		Instant now = this.environment.now();
		Duration delay = retry().delayAfter(failure, this.failedAttempts, this.environment.random());
		Instant retryAt = Instants.ceiling(Instants.plus(this.environment.clock().instant(), delay));
		StepAttemptFailed failed = new StepAttemptFailed(this.position, this.step.name(), this.arguments.recorded(),
				this.failedAttempts, Failures.record(failure), retryAt, now);
		if (this.run.definition().yieldsPlace()) {
			this.run.parking().leave(this.branch, waitFor(retryAt), failed, new Change.TimerSet(timer(retryAt)));
			endRetryOnDisk(retryAt);
		}
		else if (isOnDisk(delay)) {
			this.run.journal().append(failed, new Change.TimerSet(timer(retryAt)));
			awaitRetryOnDisk(retryAt);
		}
		else {
			this.run.journal().append(failed);
			awaitRetryInMemory(retryAt);
		}
	}

	/**
	 * Continues a wait that a former owner has begun.
	 */
	private void resumeRetry(StepAttemptFailed failed) {
		if (isOnDisk(Duration.between(failed.at(), failed.retryAt()))) {
			awaitRetryOnDisk(failed.retryAt());
		}
		else {
			awaitRetryInMemory(failed.retryAt());
		}
	}

	private boolean isOnDisk(Duration wait) {
		return this.run.definition().yieldsPlace() || wait.compareTo(Parking.BRIEF) > 0;
	}

	private void awaitRetryOnDisk(Instant retryAt) {
		this.run.parking().await(this.branch, waitFor(retryAt), () -> null);
		endRetryOnDisk(retryAt);
	}

	/** Whatever it was ended by: also a cancellation. */
	private void endRetryOnDisk(Instant retryAt) {
		this.run.journal().note(new Change.TimerRemoved(timer(retryAt)));
	}

	private WaitCondition waitFor(Instant retryAt) {
		return WaitCondition.forRetry(timer(retryAt), this.step.name(), this.failedAttempts + 1);
	}

	private void awaitRetryInMemory(Instant retryAt) {
		this.branch.show(new Activity(this.position, this.step.name(), this.failedAttempts + 1, this.calledAt,
				this.environment.now(), "retry, due " + retryAt));
		try {
			this.run.parking().briefly(this.branch, retryAt);
		}
		finally {
			this.branch.show(Activity.NONE);
		}
	}

	private Timer timer(Instant retryAt) {
		return new Timer(retryAt, this.run.number(), this.position);
	}

	private @Nullable Object answer(Outcome outcome, int attempts, int sequence) throws Throwable {
		return switch (outcome) {
			case Outcome.Success(Payload value) -> {
				pushCompensation(value, sequence);
				yield this.step.resultStyle().completed(read(value));
			}
			case Outcome.Failed(Failure failure) -> {
				Throwable restored = Failures.restore(failure, this.step.signature(),
						Map.of("runId", this.run.id(), "position", this.position.toString(), "step", this.step.name(),
								"attempts", Integer.toString(attempts)));
				this.run.failures().begin(restored, this.position);
				yield this.step.resultStyle().failed(restored);
			}
		};
	}

	private @Nullable Object read(Payload value) {
		return this.run.values().read(value, this.step.signature().resultType(), what());
	}

	private void pushCompensation(Payload result, int sequence) {
		Compensation compensation = this.step.compensation();
		if (compensation == null) {
			return;
		}
		this.run.compensations().push(sequence, (parent) -> {
			@Nullable Object[] arguments = compensation.arguments().of(argumentsOfCompensation(), read(result));
			StepOperation.execute(parent, compensation.step(), arguments, compensation.body()::call);
		});
	}

	private @Nullable Object[] argumentsOfCompensation() {
		try {
			return this.arguments.ofCompensation();
		}
		catch (KraftException ex) {
			throw this.run.continuation().pause(ex);
		}
	}

	private StepOutcomeUnknownException outcomeUnknown(String event, @Nullable Throwable cause) {
		return new StepOutcomeUnknownException(event + " step '" + this.step.name() + "' of run '" + this.run.id()
				+ "' at position " + this.position
				+ ": whether its effect happened is unknown, and with AT_MOST_ONCE delivery it is not run again. "
				+ "Find out, and handle this exception. See docs/reference/errors.md#kraft-2002", cause, this.run.id(),
				this.position.toString(), this.step.name());
	}

	private String what() {
		return "the result of step '" + this.step.name() + "'";
	}

	/**
	 * What an attempt came to.
	 */
	private sealed interface Attempt {

		/**
		 * What is recorded, and what the workflow gets, which is read from that.
		 */
		record Succeeded(Payload payload, @Nullable Object value) implements Attempt {
		}

		record Thrown(Throwable failure) implements Attempt {
		}

	}

}
