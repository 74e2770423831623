package io.kraft.engine.lifecycle;

import java.util.Objects;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.lifecycle.RunCompleter.PendingCompletion;
import io.kraft.engine.observation.RunOutcome;
import io.kraft.engine.operation.RunContext;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.ChildStarts;
import io.kraft.engine.run.ContinuedAsNew;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LogContext;
import io.kraft.engine.run.NextGeneration;
import io.kraft.engine.run.RunLog;
import io.kraft.engine.run.RunUnwound;
import io.kraft.engine.run.Unrunnable;
import io.kraft.engine.run.Unwinding;
import io.kraft.engine.state.RunState;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.supervision.SafeLog;
import io.kraft.engine.supervision.VitalThread;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes a loaded run on its virtual thread up to its outcome, and records that.
 * <p>
 * Crash before the end is durable: the method is called again and replays up to its end.
 * The end is not published before it is durable.
 */
final class RunDriver implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(RunDriver.class);

	private final LoadedRun run;

	private final ChildStarts children;

	private final RunCompleter completer;

	private final RunExits exits;

	/**
	 * A driver that has not begun.
	 * @param exits lets the run exit when it is over here
	 */
	RunDriver(LoadedRun run, ChildStarts children, RunCompleter completer, RunExits exits) {
		this.run = run;
		this.children = children;
		this.completer = completer;
		this.exits = exits;
	}

	@Override
	public void run() {
		LogContext.about(this.run.id(), this.run.definition().name(), this::executeAndExit);
	}

	private void executeAndExit() {
		try {
			PendingCompletion ended = executeToItsEnd();
			// The code's own context is gone with its branch.
			LogContext.about(this.run.id(), this.run.definition().name(), () -> {
				exit(ended);
				if (ended != null) {
					follow(ended);
				}
			});
		}
		catch (Throwable ex) {
			reportLost(ex);
		}
	}

	/** It may still be in memory, hold its slot, and be waited for. */
	private void reportLost(Throwable unexpected) {
		this.run.environment().partition().supervision().report(VitalThread.RUN, unexpected);
	}

	private @Nullable PendingCompletion executeToItsEnd() {
		PendingCompletion ended = null;
		this.run.observe();
		try {
			ended = execute();
		}
		catch (RunUnwound ex) {
			// Why is seen below.
		}
		catch (Throwable ex) {
			this.run.continuation().pause(Unrunnable.because(this.run, ex));
		}
		return ended;
	}

	private void exit(@Nullable PendingCompletion ended) {
		RunRow pending = (ended == null) ? leave() : null;
		endObservation(ended);
		RunLog.left(this.run, outcome(ended));
		this.exits.exit(this.run, (ended != null) ? ended.completion() : null, pending);
	}

	/** In place of the thread, which never comes out of the workflow's code. */
	private void exitStranded() {
		try {
			LogContext.about(this.run.id(), this.run.definition().name(), () -> exit(null));
		}
		catch (Throwable ex) {
			reportLost(ex);
		}
	}

	/** What a stop of the engine cuts off here, the next start makes up for. */
	private void follow(PendingCompletion ended) {
		try {
			this.completer.wakeSubscribers(ended);
			if (this.run.childResults().mayHaveMore()) {
				this.completer.clear(this.run.number());
			}
		}
		catch (KraftException ex) {
			logger.warn("The subscribers of run '{}' are notified of its end at the next start: {}", this.run.id(),
					ex.getMessage());
		}
	}

	private @Nullable PendingCompletion execute() {
		Branch root = Branch.root(this.run, this.children);
		root.whenStranded(this::exitStranded);
		root.bind(new RunContext(root));
		try {
			this.run.readRequests();
			Conclusion conclusion = new RunBody(this.run, root).execute();
			PendingCompletion ended = this.completer.complete(this.run, conclusion);
			if (ended != null) {
				// Before it is durable, which waiters may see immediately.
				log(ended.completion(), conclusion.failure());
				this.run.continuation().untilStopped(ended.commit()::await);
			}
			return ended;
		}
		catch (ContinuedAsNew ex) {
			NextGeneration.begin(this.run, ex);
			return null;
		}
		finally {
			Branch.unbind();
		}
	}

	private void log(Completion completion, @Nullable Throwable thrown) {
		if (!onlyReplays() && completion.outcome() instanceof Outcome.Failed(var failure)) {
			// Perhaps no caller waits for the run.
			WorkflowStatus status = completion.row().status();
			if (status == WorkflowStatus.CANCELLED) {
				logger.info("Run '{}' ({}) was cancelled", completion.row().id(), completion.row().name());
				return;
			}
			String what = switch (status) {
				case TIMED_OUT -> "timed out";
				case DEAD -> "is dead";
				default -> "failed";
			};
			SafeLog.warn(logger, "Run '" + completion.row().id() + "' (" + completion.row().name() + ") " + what + ": "
					+ failure.summary(), Objects.requireNonNull(thrown));
		}
	}

	/**
	 * Sees to it that nothing of the run executes here any more, and that what it has
	 * handed over is durable before the next owner reads it.
	 * @return its row, if it is to wait for its turn again
	 */
	private @Nullable RunRow leave() {
		Unwinding unwinding = this.run.continuation().unwinding();
		if (unwinding == null) {
			return null;
		}
		this.run.branches().awaitRootAlone();
		try {
			switch (unwinding) {
				case Unwinding.Paused(String reason) -> {
					return recordPause(reason);
				}
				case Unwinding.Unloaded unloaded -> this.run.journal().awaitDurable();
				case Unwinding.Continued continued -> this.completer.awaitDurable(this.run.number());
				case Unwinding.Terminated terminated -> {
				}
				case Unwinding.Stopped stopped -> {
				}
			}
		}
		catch (RunUnwound ex) {
			// Another thread has decided about it meanwhile.
		}
		catch (KraftException ex) {
			logger.warn("The state of run '{}' was not recorded: {}", this.run.id(), ex.getMessage());
		}
		return null;
	}

	/** Before the waiters are completed, which may look at what was measured. */
	private void endObservation(@Nullable PendingCompletion ended) {
		if (ended != null) {
			this.run.telemetry().observation().end(outcome(ended), ended.completion().row().failure());
			return;
		}
		this.run.telemetry().observation().end(outcome(null), null);
	}

	private RunOutcome outcome(@Nullable PendingCompletion ended) {
		if (ended != null) {
			return RunOutcome.valueOf(ended.completion().row().status().name());
		}
		return switch (this.run.continuation().unwinding()) {
			case Unwinding.Paused paused -> RunOutcome.PAUSED;
			case Unwinding.Unloaded unloaded -> RunOutcome.SUSPENDED;
			case Unwinding.Continued continued -> RunOutcome.CONTINUED;
			case Unwinding.Terminated terminated -> RunOutcome.TERMINATED;
			case Unwinding.Stopped stopped -> RunOutcome.STOPPED;
			// Another thread ended it first.
			case null -> RunOutcome.TERMINATED;
		};
	}

	/** One that was resumed meanwhile does not stay paused: it waits for its turn. */
	private @Nullable RunRow recordPause(String reason) {
		RunRow row = this.completer.pause(this.run, reason);
		this.run.journal().awaitDurable();
		if (row.state() instanceof RunState.Paused) {
			if (!onlyReplays()) {
				logger.warn("Run '{}' is paused: {}", this.run.id(), reason);
			}
			return null;
		}
		return row;
	}

	private boolean onlyReplays() {
		return this.run.environment().settings().onlyReplays();
	}

}
