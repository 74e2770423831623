package io.kraft.engine.execution;

import java.time.Instant;
import java.util.List;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.execution.run.LoadedRun;
import io.kraft.engine.execution.run.LoadedRuns;
import io.kraft.engine.execution.run.Replay;
import io.kraft.engine.execution.run.RunEnvironment;
import io.kraft.engine.execution.run.RunJournal;
import io.kraft.engine.journal.Origin;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Timer;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.UnknownStepException;
import io.kraft.workflow.UnknownWorkflowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs on disk, to be brought into memory: looks at what is to happen to a run that
 * was woken, which may be less than that. Used by the loader's thread.
 */
final class StoredRuns {

	private static final Logger logger = LoggerFactory.getLogger(StoredRuns.class);

	private final RunEnvironment environment;

	private final LoadedRuns loadedRuns;

	private final Admission admission;

	private final DueRuns due;

	private final RunEnds ends;

	private final TurnWaits waits = new TurnWaits();

	StoredRuns(RunEnvironment environment, LoadedRuns loadedRuns, Admission admission, DueRuns due, RunEnds ends) {
		this.environment = environment;
		this.loadedRuns = loadedRuns;
		this.admission = admission;
		this.due = due;
		this.ends = ends;
	}

	/**
	 * Reads a run and its journal.
	 * @return null if it is executing already or has ended, or if it cannot go on here;
	 * it is paused then
	 */
	@Nullable LoadedRun load(Wakeup wakeup) {
		boolean isResumed = wakeup.cause() == Wakeup.Cause.RESUME;
		if (this.due.contains(wakeup.run())) {
			this.due.settle();
		}
		// In this order: a run that is in memory no more has its last row on disk.
		LoadedRun loaded = this.loadedRuns.find(wakeup.run());
		if (loaded != null) {
			if (isResumed) {
				loaded.markResumed();
			}
			if (loaded.parking().wake()) {
				return null;
			}
		}
		RunRow row = this.environment.partition().store().run(wakeup.run()).orElse(null);
		if (row == null || row.status().isTerminal()) {
			forget(wakeup);
			return null;
		}
		if (row.status() == WorkflowStatus.SCHEDULED) {
			return loadScheduled(row, wakeup);
		}
		if (row.status() == WorkflowStatus.PAUSED && !isResumed) {
			this.admission.end(row.name(), row.number());
			return null;
		}
		if (isResumed && row.status() != WorkflowStatus.PAUSED) {
			// It waits for something else, or for its turn.
			return null;
		}
		if (row.status() == WorkflowStatus.PENDING && wakeup.isByMessage() && !isRequested(row)) {
			return null;
		}
		if (row.status() == WorkflowStatus.PENDING && row.step() != null && wakeup.timer() != null
				&& !isRequested(row)) {
			// The end of a wait that is over already.
			this.environment.partition().submit(List.of(new Change.TimerRemoved(wakeup.timer())));
			return null;
		}
		if (row.status() == WorkflowStatus.SUSPENDED && row.step() != null && !isRequested(row)) {
			this.due.add(row, wakeup.timer());
			return null;
		}
		try {
			return load(row);
		}
		catch (UnknownWorkflowException | UnknownStepException | UnreadableEntryException ex) {
			this.admission.end(row.name(), row.number());
			pause(row, ex);
			return null;
		}
	}

	/**
	 * A run whose time has come waits for its turn; one that is cancelled before ends.
	 */
	private @Nullable LoadedRun loadScheduled(RunRow row, Wakeup wakeup) {
		Timer timer = wakeup.timer();
		if (timer != null) {
			this.waits.begin(row, this.environment.now());
			this.due.add(row, timer);
			return null;
		}
		boolean isCancelled = this.environment.partition()
			.store()
			.messages(row.number(), 0)
			.stream()
			.anyMatch((message) -> message.kind() == Message.Kind.CANCEL);
		return isCancelled ? load(row) : null;
	}

	/** Whether it is to end, or to be paused, before its turn has come. */
	private boolean isRequested(RunRow row) {
		return this.environment.partition()
			.store()
			.messages(row.number(), 0)
			.stream()
			.anyMatch((message) -> message.kind() == Message.Kind.CANCEL || message.kind() == Message.Kind.PAUSE);
	}

	/** What was left behind by a run that was ended from outside, or never took it. */
	private void forget(Wakeup wakeup) {
		// It has one if it waited for its turn, which came when it was gone already.
		this.admission.end(wakeup.run());
		if (wakeup.timer() != null) {
			this.environment.partition().submit(List.of(new Change.TimerRemoved(wakeup.timer())));
		}
		this.ends.clear(wakeup.run());
	}

	private LoadedRun load(RunRow row) {
		WorkflowDefinition definition = this.environment.definitions().get(row.name(), row.version(), row.step());
		RecordedJournal recorded = new RecordedJournal();
		this.environment.partition().store().journal(row.number(), 0, recorded::add);
		Origin origin = recorded.origin(row.id());
		RunJournal journal = new RunJournal(this.environment.partition(), row, recorded.length());
		if (row.status() != WorkflowStatus.RUNNING && row.status() != WorkflowStatus.SUSPENDED) {
			Instant now = this.environment.now();
			if (row.startedAt() == null) {
				this.environment.observer().begun(row.name(), this.waits.end(row, now));
			}
			journal.note(row.running(now));
			if (row.step() != null && !isRequested(row)) {
				journal.note(this.admission.count(row, now).toArray(Change[]::new));
			}
		}
		return new LoadedRun(definition, origin, journal, Replay.of(recorded.operations()), this.environment);
	}

	private void pause(RunRow row, KraftException reason) {
		String text = String.valueOf(reason.getMessage());
		logger.warn("Workflow '{}' is paused: {}", row.id(), text);
		if (row.status() != WorkflowStatus.PAUSED || !text.equals(row.reason())) {
			RunJournal journal = new RunJournal(this.environment.partition(), row, 0);
			journal.note(row.paused(text));
			journal.awaitDurable();
		}
	}

}
