package io.kraft.engine.execution;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowNotEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.execution.RunEnds.Ended;
import io.kraft.engine.execution.RunEnds.Ending;
import io.kraft.engine.execution.run.LoadedRun;
import io.kraft.engine.execution.run.LoadedRuns;
import io.kraft.engine.execution.run.RunEnvironment;
import io.kraft.engine.execution.run.RunJournal;
import io.kraft.engine.execution.run.RunRequests;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import io.kraft.workflow.WorkflowCancelledException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator does to runs; durable when a method returns. Thread-safe.
 * <p>
 * A cancellation is a message in the run's inbox, which stays there until the run has
 * ended: crash after its commit, and the run is cancelled by its next owner. A run is
 * terminated by its end itself.
 */
public final class RunControl {

	private static final Logger logger = LoggerFactory.getLogger(RunControl.class);

	private final RunEnvironment environment;

	private final LoadedRuns loadedRuns;

	private final Admission admission;

	private final RunLoader loader;

	private final RunEnds ends;

	private final RunEndings endings;

	private final Runnable takesWork;

	/**
	 * The control of an execution's runs.
	 * @param takesWork throws when the engine takes no work
	 */
	RunControl(RunEnvironment environment, LoadedRuns loadedRuns, Admission admission, RunLoader loader, RunEnds ends,
			RunEndings endings, Runnable takesWork) {
		this.environment = environment;
		this.loadedRuns = loadedRuns;
		this.admission = admission;
		this.loader = loader;
		this.ends = ends;
		this.endings = endings;
		this.takesWork = takesWork;
	}

	/**
	 * Asks a run to stop; one that has ended stays as it is.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public void cancel(String id) {
		this.takesWork.run();
		request(id, Message.Kind.CANCEL);
	}

	private void request(String id, Message.Kind kind) {
		try {
			this.environment.delivery().request(id, kind);
		}
		catch (WorkflowEndedException ex) {
			// What has ended need not be stopped.
		}
	}

	private static Stream<Message> requests(RunEnvironment environment, long run, Message.Kind kind) {
		return environment.partition().store().messages(run, 0).stream().filter((message) -> message.kind() == kind);
	}

	/**
	 * Lets a run stop at its next durable call, until it is resumed; one that has ended
	 * stays as it is.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public void pause(String id) {
		this.takesWork.run();
		request(id, Message.Kind.PAUSE);
	}

	/**
	 * Lets a paused run go on, whatever it was paused for; others stay as they are.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public void resume(String id) {
		this.takesWork.run();
		long run = this.environment.delivery().target(id).number();
		List<Change> changes = requests(this.environment, run, Message.Kind.PAUSE)
			.<Change>map((message) -> new Change.MessageTaken(run, message.sequence()))
			.toList();
		if (!changes.isEmpty()) {
			this.environment.partition().submitOrRefuse(changes).await();
		}
		this.loader.resume(run);
	}

	/**
	 * Removes a run that has ended, with its journal.
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowNotEndedException if it has not ended
	 */
	public void delete(String id) {
		this.takesWork.run();
		this.loadedRuns.awaitGone(this.environment.delivery().target(id).number());
		this.loader.execute(() -> remove(id));
	}

	/** On the loader's thread, so that nothing revives the run meanwhile. */
	private RunRow remove(String id) {
		RunRow row = this.environment.delivery().target(id);
		if (!row.status().isTerminal()) {
			throw new WorkflowNotEndedException("run '" + id + "' has the status " + row.status()
					+ ", and only a run that has ended can be deleted. Terminate it first. See docs/errors.md#kraft-3008");
		}
		int entries = this.environment.partition().store().journalLength(row.number());
		this.environment.partition().submitOrRefuse(List.of(new Change.RunRemoved(row, entries))).await();
		return row;
	}

	/**
	 * Ends a run at once; one that has ended stays as it is.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public void terminate(String id) {
		this.takesWork.run();
		long run = this.environment.delivery().target(id).number();
		this.loader.execute(() -> terminate(run)).ifPresent(this::announce);
	}

	private void announce(Ended ended) {
		ended.journal().awaitDurable();
		this.ends.clear(ended.end().row().number());
		this.ends.tellWatchers(ended);
		this.admission.end(ended.end().row().name(), ended.end().row().number());
		this.loader.slotFreed();
		this.endings.announce(ended.end());
		this.loader.execute(() -> removeTimers(ended.end().row().number()));
	}

	/**
	 * Not with the end itself, before which a run in memory may set more of them. Crash
	 * before it, and they are removed when they are due.
	 */
	private boolean removeTimers(long number) {
		List<Change> changes = recorded(number).inOrder()
			.stream()
			.filter((operation) -> operation.settled() == null && operation.dueAt() != null)
			.<Change>map((operation) -> new Change.TimerRemoved(
					new Timer(Objects.requireNonNull(operation.dueAt()), number, operation.position())))
			.toList();
		if (!changes.isEmpty()) {
			this.environment.partition().submit(changes);
		}
		return !changes.isEmpty();
	}

	private RecordedJournal recorded(long number) {
		RecordedJournal recorded = new RecordedJournal();
		this.environment.partition().store().journal(number, 0, recorded::add);
		return recorded;
	}

	private Optional<Ended> terminate(long number) {
		LoadedRun run = this.loadedRuns.find(number);
		Optional<Ended> ended = Optional.ofNullable((run != null) ? terminate(run) : terminateOnDisk(number));
		ended.ifPresent((end) -> logger.info("Workflow '{}' was terminated", end.end().row().id()));
		return ended;
	}

	private @Nullable Ended terminate(LoadedRun run) {
		Ended ended = this.ends.append(new Ending(run.journal(), run.requests(), terminated(run.id()),
				WorkflowStatus.TERMINATED, run.deadlineTimer(), run.definition().retention()), run::markEnding);
		if (ended != null) {
			run.terminate();
		}
		return ended;
	}

	private @Nullable Ended terminateOnDisk(long number) {
		Store store = this.environment.partition().store();
		RunRow row = store.run(number).filter((found) -> !found.status().isTerminal()).orElse(null);
		if (row == null) {
			return null;
		}
		RecordedJournal recorded = recorded(number);
		RunRequests requests = new RunRequests(number, (cause) -> {
		}, () -> {
		});
		store.messages(number, 0).forEach(requests::accept);
		Instant deadline = recorded.dueAt();
		RunJournal journal = new RunJournal(this.environment.partition(), row, recorded.length());
		Ended ended = this.ends.append(new Ending(journal, requests, terminated(row.id()), WorkflowStatus.TERMINATED,
				(deadline != null) ? new Timer(deadline, number, Position.ROOT) : null,
				this.environment.definitions()
					.find(row.name(), row.version(), row.step())
					.map(WorkflowDefinition::retention)
					.orElse(null)),
				() -> true);
		// Before the next load, which may be of this run.
		journal.awaitDurable();
		return ended;
	}

	private static Outcome terminated(String id) {
		return new Outcome.Failed(Failures.record(new WorkflowCancelledException(
				"workflow '" + id + "' was terminated; nothing was undone. See docs/errors.md#kraft-2006")));
	}

}
