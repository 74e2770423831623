package io.kraft.engine.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.execution.run.Instants;
import io.kraft.engine.execution.run.RunEnvironment;
import io.kraft.engine.execution.run.RunJournal;
import io.kraft.engine.execution.run.RunRequests;
import io.kraft.engine.execution.run.Watcher;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Ends runs: one commit writes the last entry of the journal and the row, removes what
 * was asked of the run, and tells the runs that watch it.
 * <p>
 * Crash before that commit: the run has not ended. After it: who watches finds the
 * message in its inbox. Thread-safe.
 */
final class RunEnds {

	private final RunEnvironment environment;

	RunEnds(RunEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Hands the end over to the committer, unless the run is ending already.
	 * @param marker is called if it is not, and answers false if it is
	 * @return null in that case
	 */
	@Nullable Ended append(Ending ending, Marker marker) {
		while (true) {
			Set<Long> runs = concerned(ending);
			// One that came to watch meanwhile holds no lock here.
			Attempt attempt = this.environment.locks()
				.whileLocked(runs,
						() -> runs.containsAll(concerned(ending)) ? new Attempt(appendLocked(ending, marker)) : null);
			if (attempt != null) {
				return attempt.ended();
			}
		}
	}

	private static Set<Long> concerned(Ending ending) {
		Set<Long> runs = new HashSet<>();
		runs.add(ending.journal().row().number());
		ending.requests().watchers().forEach((watcher) -> runs.add(watcher.run()));
		return runs;
	}

	private @Nullable Ended appendLocked(Ending ending, Marker marker) {
		if (!marker.mark()) {
			return null;
		}
		Instant now = this.environment.now();
		List<Change> changes = new ArrayList<>(ending.requests().removed());
		if (ending.deadline() != null) {
			changes.add(new Change.TimerRemoved(ending.deadline()));
			this.environment.timers().remove(ending.deadline());
		}
		List<Message> notices = new ArrayList<>();
		for (Watcher watcher : ending.requests().watchers()) {
			Message notice = this.environment.delivery().notice(watcher, ending.outcome());
			if (notice != null) {
				notices.add(notice);
				changes.add(new Change.MessageAdded(notice, null));
			}
		}
		String failure = (ending.outcome() instanceof Outcome.Failed(var failed)) ? failed.summary() : null;
		Instant expiresAt = expiresAt(ending, now);
		RunRow row = ending.journal()
			.end(new RunEnded(ending.outcome(), now),
					(before) -> before.ended(ending.status(), failure, now, expiresAt), changes);
		return new Ended(new RunEnd(row, ending.outcome()), ending.journal(), notices);
	}

	/** What is dead is kept until somebody decides about it. */
	private @Nullable Instant expiresAt(Ending ending, Instant now) {
		Duration retention = Objects.requireNonNullElse(ending.retention(), this.environment.settings().retention());
		return (ending.status() != WorkflowStatus.DEAD) ? Instants.plus(now, retention) : null;
	}

	/**
	 * Wakes who watches, when the end is durable.
	 */
	void tellWatchers(Ended ended) {
		ended.notices().forEach(this.environment.delivery()::wake);
	}

	/**
	 * Removes what nobody took from the inbox of a run whose end is durable: nothing
	 * comes to it any more.
	 */
	void clear(long run) {
		List<Change> left = new ArrayList<>();
		for (Message message : this.environment.partition().store().messages(run, 0)) {
			left.add(new Change.MessageTaken(run, message.sequence()));
		}
		if (!left.isEmpty()) {
			this.environment.partition().submit(left);
		}
	}

	/**
	 * How a run is to end.
	 *
	 * @param status a terminal one
	 * @param deadline its timer; null if the run has none
	 * @param retention null means the engine's default
	 */
	record Ending(RunJournal journal, RunRequests requests, Outcome outcome, WorkflowStatus status,
			@Nullable Timer deadline, @Nullable Duration retention) {
	}

	/**
	 * An end on its way to the disk.
	 *
	 * @param notices for those who watch
	 */
	record Ended(RunEnd end, RunJournal journal, List<Message> notices) {
	}

	private record Attempt(@Nullable Ended ended) {
	}

	/**
	 * Marks a run as ending.
	 */
	@FunctionalInterface
	interface Marker {

		/**
		 * Called under the run's lock.
		 * @return false if the run is ending already
		 */
		boolean mark();

	}

}
