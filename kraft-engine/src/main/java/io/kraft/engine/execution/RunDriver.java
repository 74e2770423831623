package io.kraft.engine.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.execution.operation.RunContext;
import io.kraft.engine.execution.run.Branch;
import io.kraft.engine.execution.run.Divergence;
import io.kraft.engine.execution.run.Instants;
import io.kraft.engine.execution.run.LoadedRun;
import io.kraft.engine.execution.run.RunEnvironment;
import io.kraft.engine.execution.run.RunUnwound;
import io.kraft.engine.execution.run.Unwinding;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.store.RunRow;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.UnrunnableWorkflowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes a loaded run on its virtual thread: calls the workflow's method, and records
 * how it ended.
 * <p>
 * Crash before the end is durable: the method is called again and replays up to its end.
 * Nobody is told of the end before it is durable.
 */
final class RunDriver implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(RunDriver.class);

	private final LoadedRun run;

	private final RunEnvironment environment;

	private final Departure departure;

	/**
	 * A driver that has not begun.
	 * @param departure is told when the run is over here
	 */
	RunDriver(LoadedRun run, Departure departure) {
		this.run = run;
		this.environment = run.environment();
		this.departure = departure;
	}

	@Override
	public void run() {
		this.run.runsOn(Thread.currentThread());
		RunEnd end = null;
		try {
			Outcome outcome = execute();
			if (outcome != null) {
				end = recordEnd(outcome);
			}
			else if (this.run.unwinding() instanceof Unwinding.Paused(String reason)) {
				recordPause(reason);
			}
		}
		catch (RunUnwound ex) {
			// The engine stops: what is not durable is done again after the next start.
		}
		catch (Throwable ex) {
			recordPause(unrunnable(ex).getMessage());
		}
		finally {
			this.departure.departed(this.run, end);
		}
	}

	/**
	 * Calls the method.
	 * @return null if the run does not go on here
	 */
	private @Nullable Outcome execute() {
		Branch branch = new Branch(this.run, Position.ROOT);
		branch.bind(new RunContext(branch));
		try {
			try {
				Object value = call();
				checkCaughtUp();
				return new Outcome.Success(this.environment.payloads()
					.write(value, this.run.definition().signature().resultType(), what()));
			}
			catch (RunUnwound ex) {
				throw ex;
			}
			catch (Throwable ex) {
				this.run.checkNotCutOff(ex);
				if (isOfTheMachine(ex)) {
					throw this.run.pause(unrunnable(ex));
				}
				checkCaughtUp();
				return new Outcome.Failed(Failures.record(ex));
			}
		}
		catch (RunUnwound ex) {
			return null;
		}
		finally {
			Branch.unbind();
		}
	}

	private @Nullable Object call() throws Throwable {
		return this.run.definition()
			.resultStyle()
			.await(this.run.definition().body().call(this.run.readRecordedArguments()));
	}

	/** Also for code that has caught the error with which its stack was to be unwound. */
	private void checkCaughtUp() {
		this.run.checkGoesOn();
		RecordedOperation ahead = this.run.replay().first();
		if (ahead != null) {
			throw this.run.pause(Divergence.atEnd(this.run.id(), ahead));
		}
	}

	private RunEnd recordEnd(Outcome outcome) {
		Instant now = this.environment.now();
		Duration retention = Objects.requireNonNullElse(this.run.definition().retention(),
				this.environment.settings().retention());
		WorkflowStatus status = WorkflowStatus.COMPLETED;
		String failure = null;
		if (outcome instanceof Outcome.Failed failed) {
			status = WorkflowStatus.FAILED;
			failure = failed.failure().summary();
		}
		RunRow ended = this.run.journal().row().ended(status, failure, now, Instants.plus(now, retention));
		this.environment.locks().whileLocked(this.run.number(), () -> {
			this.run.journal().append(new RunEnded(outcome, now), ended);
			this.run.markEnding();
			return ended;
		});
		this.run.awaitDurable();
		if (failure != null) {
			// Perhaps nobody waits for the run.
			logger.warn("Workflow '{}' ({}) failed: {}", this.run.id(), this.run.definition().name(), failure);
		}
		return new RunEnd(ended, outcome);
	}

	private void recordPause(@Nullable String reason) {
		logger.warn("Workflow '{}' is paused: {}", this.run.id(), reason);
		try {
			this.run.journal().note(this.run.journal().row().paused(String.valueOf(reason)));
			this.run.journal().awaitDurable();
		}
		catch (KraftException ex) {
			logger.warn("The pause of workflow '{}' was not recorded: {}", this.run.id(), ex.getMessage());
		}
	}

	/** A stack that overflows is the code's own doing. */
	private static boolean isOfTheMachine(Throwable failure) {
		return failure instanceof LinkageError
				|| (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError));
	}

	private UnrunnableWorkflowException unrunnable(Throwable cause) {
		return new UnrunnableWorkflowException(
				"workflow '" + this.run.id() + "' cannot be executed here: " + cause
						+ ". Mend the cause and restart: the run goes on where it was. See docs/errors.md#kraft-1009",
				cause);
	}

	private String what() {
		return "the result of workflow '" + this.run.definition().name() + "'";
	}

	/**
	 * Is told when a run is over here.
	 */
	@FunctionalInterface
	interface Departure {

		/**
		 * Called once, on the run's thread.
		 * @param end how it ended, durably; null if it did not
		 */
		void departed(LoadedRun run, @Nullable RunEnd end);

	}

}
