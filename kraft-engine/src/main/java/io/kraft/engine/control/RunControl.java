package io.kraft.engine.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.kraft.client.ExactText;
import io.kraft.client.RunOperation;
import io.kraft.client.WorkflowNotEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.admission.Admission;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.ledger.RunChange;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.lifecycle.LoadQueue;
import io.kraft.engine.lifecycle.ResultWaiters;
import io.kraft.engine.lifecycle.RunCompleter;
import io.kraft.engine.lifecycle.RunCompleter.PendingCompletion;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.LogContext;
import io.kraft.engine.run.MessageDelivery;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.run.RunJournal;
import io.kraft.engine.state.RunState;
import io.kraft.engine.state.Transition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.workflow.VisibleText;
import io.kraft.workflow.WorkflowFailedOnRequestException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator does to runs; durable when a method returns. Thread-safe.
 * <p>
 * A cancellation is a message in the run's inbox, which stays there until the run has
 * ended: crash after its commit, and the run is cancelled by its next owner. Everything
 * else is decided about the run immediately, and is one commit: crash before it, and
 * nothing has happened.
 */
public final class RunControl {

	private static final Logger logger = LoggerFactory.getLogger(RunControl.class);

	private final RunEnvironment environment;

	private final LoadedRuns loadedRuns;

	private final Admission admission;

	private final LoadQueue loads;

	private final RunCompleter completer;

	private final ResultWaiters waiters;

	private final Termination termination;

	private final Runnable takesWork;

	/**
	 * The control of an execution's runs. The answer to a caller goes with the commit
	 * that a method makes, if it makes one.
	 * @param takesWork throws when the engine takes no work
	 */
	public RunControl(RunEnvironment environment, LoadedRuns loadedRuns, Admission admission, LoadQueue loads,
			RunCompleter completer, ResultWaiters waiters, Runnable takesWork) {
		this.environment = environment;
		this.loadedRuns = loadedRuns;
		this.admission = admission;
		this.loads = loads;
		this.completer = completer;
		this.waiters = waiters;
		this.termination = new Termination(environment, completer);
		this.takesWork = takesWork;
	}

	/**
	 * Asks a run to stop; one that has ended stays as it is.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public void cancel(String id, WrittenAnswer answer) {
		this.takesWork.run();
		delivery().request(id, Message.Kind.CANCEL, answer);
	}

	/**
	 * Lets a run stop at its next durable call, until it is resumed; one that has ended
	 * stays as it is.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public void pause(String id, WrittenAnswer answer) {
		this.takesWork.run();
		delivery().request(id, Message.Kind.PAUSE, answer);
	}

	/**
	 * Lets a run fail, and be compensated, as if its code had thrown at its next durable
	 * call; one that is paused continues for that. One that has ended stays as it is.
	 * @param reason for people
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public void failRun(String id, String reason, WrittenAnswer answer) {
		this.takesWork.run();
		String visible = VisibleText.escape(ExactText.check("the reason of a failure", reason));
		WorkflowFailedOnRequestException failure = new WorkflowFailedOnRequestException(
				"run '" + id + "' was failed on request: " + visible + ". See docs/reference/errors.md#kraft-2010",
				null, id, visible);
		Outcome outcome = new Outcome.Failed(Failures.record(failure));
		goOn(delivery().decide(id, (record) -> fail(record, outcome, answer)));
	}

	private Resumed fail(RunRecord record, Outcome outcome, WrittenAnswer answer) {
		if (!row(record).admits(RunOperation.FAIL)) {
			return Resumed.NOTHING;
		}
		record.awaitDurable();
		List<Message> requests = delivery().requests(record.run());
		boolean isAsked = requests.stream().anyMatch((request) -> request.kind() == Message.Kind.FAIL);
		return resume(record, requests, isAsked ? null : delivery().request(record.run(), Message.Kind.FAIL, outcome),
				answer);
	}

	/**
	 * Lets a paused run continue when it is its turn, whatever it was paused for; others
	 * stay as they are.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public void resume(String id, WrittenAnswer answer) {
		this.takesWork.run();
		goOn(delivery().decide(id, (record) -> {
			if (!row(record).admits(RunOperation.RESUME)) {
				return Resumed.NOTHING;
			}
			record.awaitDurable();
			return resume(record, delivery().requests(record.run()), null, answer);
		}));
	}

	private void goOn(Resumed resumed) {
		if (resumed.commit() != null) {
			resumed.commit().await();
		}
		if (resumed.pending() != null) {
			this.loads.expectPending(resumed.pending());
		}
		if (resumed.request() != null) {
			delivery().wake(resumed.request());
		}
	}

	/** No request to pause counts any more. */
	private Resumed resume(RunRecord record, List<Message> requests, @Nullable Message request, WrittenAnswer answer) {
		List<Change> changes = new ArrayList<>();
		requests.stream()
			.filter((message) -> message.kind() == Message.Kind.PAUSE)
			.forEach((message) -> changes.add(new Change.MessageTaken(record.run(), message.sequence())));
		if (request != null) {
			changes.add(new Change.MessageAdded(request, null));
		}
		RunRow row = row(record);
		if (row.state() instanceof RunState.Paused) {
			RunRow pending = row.pending();
			changes.addAll(answer.changes());
			return new Resumed(record.commitOrRefuse(RunChange.to(Transition.RESUME, pending).with(changes)), pending,
					request);
		}
		if (record.writer() instanceof RunJournal journal) {
			// It may be about to pause, also where it is being loaded just now.
			journal.markResumed();
		}
		if (changes.isEmpty()) {
			return new Resumed(null, null, request);
		}
		changes.addAll(answer.changes());
		return new Resumed(record.commitOrRefuse(changes), null, request);
	}

	/**
	 * Removes a run that has ended, with its journal.
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowNotEndedException if it has not ended
	 */
	public void delete(String id, WrittenAnswer answer) {
		this.takesWork.run();
		delivery().decide(id, (record) -> {
			row(record).admits(RunOperation.DELETE);
			record.awaitDurable();
			return record.commitOrRefuse(RunChange.removal().with(answer.changes()));
		}).await();
	}

	/**
	 * Ends a run immediately; one that has ended stays as it is.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public void terminate(String id, WrittenAnswer answer) {
		this.takesWork.run();
		long run = delivery().decide(id, RunRecord::run);
		Optional<PendingCompletion> ended;
		try {
			ended = this.termination.terminate(run, answer);
		}
		catch (Throwable ex) {
			// It was taken from its thread, perhaps, and is not to be left alone.
			this.loads.wake(run);
			throw ex;
		}
		// Whatever has ended it first: that it has ended is durable.
		ended.ifPresentOrElse(this::announce, () -> this.completer.awaitDurable(run));
	}

	private void announce(PendingCompletion ended) {
		RunRow row = ended.completion().row();
		LogContext.about(row, () -> logger.info("Run '{}' was terminated", row.id()));
		ended.commit().await();
		this.completer.clear(row.number());
		if (this.loadedRuns.find(row.number()) == null) {
			// Else it gives its place back when its code has ended.
			this.admission.end(row.name(), row.number());
		}
		this.loads.slotFreed();
		this.waiters.announce(ended.completion());
		this.completer.wakeSubscribers(ended);
	}

	/** Within a decision of {@link #delivery}, which is about a run that exists. */
	private static RunRow row(RunRecord record) {
		return Objects.requireNonNull(record.row());
	}

	private MessageDelivery delivery() {
		return this.environment.delivery();
	}

	/**
	 * What became of a run that was to be resumed.
	 *
	 * @param commit null if nothing was to be written
	 * @param pending its row, if it waits for its turn now; null if it was not paused
	 * @param request to notify it of; null if there is none
	 */
	private record Resumed(@Nullable Commit commit, @Nullable RunRow pending, @Nullable Message request) {

		private static final Resumed NOTHING = new Resumed(null, null, null);

	}

}
