package io.kraft.engine.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.run.CompletionSubscriber;
import io.kraft.engine.run.Instants;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.state.RunState;
import io.kraft.engine.state.Transition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * Completes runs: one commit writes the last entry of the journal and the row, removes
 * the requests to the run, and notifies its subscribers. It is decided about the run and
 * its subscribers together, so that a subscriber that has ended gets no message.
 * <p>
 * Crash before that commit: the run has not ended. After it: a subscriber finds the
 * message in its inbox. Thread-safe.
 */
public final class RunCompleter {

	private final RunEnvironment environment;

	public RunCompleter(RunEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Commits the outcome that a run has come to by itself, on its own thread.
	 * @return null if another thread has decided about the run
	 */
	@Nullable PendingCompletion complete(LoadedRun run, Conclusion conclusion) {
		return decide(run.number(), (record) -> run.requests().subscribers(), (records) -> {
			if (run.journal().isClosed()) {
				return null;
			}
			run.continuation().markEnding();
			List<Change> changes = new ArrayList<>(run.requests().removed());
			if (run.deadlineTimer() != null) {
				changes.add(new Change.TimerRemoved(run.deadlineTimer()));
				this.environment.timers().remove(run.deadlineTimer());
			}
			Instant now = this.environment.now();
			List<Message> notices = notices(run.journal().row(), run.requests().subscribers(), records,
					conclusion.outcome(), changes);
			if (conclusion.traced() != null) {
				run.journal().note(conclusion.traced());
			}
			RunRow row = ended(run.journal().row(), conclusion, now, run.definition().retention());
			Commit commit = run.journal().end(row, new RunEnded(conclusion.outcome(), now), changes);
			joinAll(records, commit);
			return new PendingCompletion(new Completion(row, conclusion.outcome()), commit, notices);
		});
	}

	/**
	 * Decides about a run together with its subscribers.
	 * @param subscribers is called with the run's record within the decision, and with
	 * null before it; they may grow until the decision
	 * @param decision is called once, with the records of all of them
	 */
	public <T extends @Nullable Object> T decide(long run,
			Function<@Nullable RunRecord, Set<CompletionSubscriber>> subscribers,
			Function<Map<Long, RunRecord>, T> decision) {
		while (true) {
			Set<Long> runs = concerned(run, subscribers.apply(null));
			Decided<T> decided = this.environment.ledger()
				.decide(runs, (records) -> runs.containsAll(concerned(run, subscribers.apply(records.get(run))))
						? new Decided<>(decision.apply(records)) : null);
			if (decided != null) {
				return decided.value();
			}
		}
	}

	private static Set<Long> concerned(long run, Set<CompletionSubscriber> subscribers) {
		Set<Long> runs = new HashSet<>();
		runs.add(run);
		subscribers.stream()
			.filter((subscriber) -> subscriber.requester() == null)
			.forEach((subscriber) -> runs.add(subscriber.run()));
		return runs;
	}

	/**
	 * The row of a run that ends.
	 * @param retention null means the engine's default
	 */
	public RunRow ended(RunRow before, Conclusion conclusion, Instant now, @Nullable Duration retention) {
		Duration kept = Objects.requireNonNullElse(retention, this.environment.settings().retention());
		// A dead letter is kept until an operator decides about it.
		Instant expiresAt = (conclusion.status() != WorkflowStatus.DEAD) ? Instants.plus(now, kept) : null;
		String failure = (conclusion.outcome() instanceof Outcome.Failed(var failed)) ? failed.chain() : null;
		return before.ended(conclusion.status(), failure, now, expiresAt);
	}

	/**
	 * The messages to the subscribers that have not ended themselves. Those in other
	 * partitions get theirs through the outbox.
	 * @param ended the run that ends
	 * @param records of it and of the subscribers that are here
	 * @param changes to which the messages are added
	 */
	public List<Message> notices(RunRow ended, Set<CompletionSubscriber> subscribers, Map<Long, RunRecord> records,
			Outcome outcome, List<Change> changes) {
		List<Message> notices = new ArrayList<>();
		for (CompletionSubscriber subscriber : subscribers) {
			Requester elsewhere = subscriber.requester();
			if (elsewhere != null) {
				changes.add(this.environment.neighbours()
					.added(new OutboxRow.ChildEnded(this.environment.nextRequestId(), elsewhere, ended.id(),
							ended.number(), outcome, this.environment.now())));
			}
			else if (Objects.requireNonNull(records.get(subscriber.run())).isOpen()) {
				Message notice = this.environment.delivery().notice(subscriber, outcome);
				notices.add(notice);
				changes.add(new Change.MessageAdded(notice, null));
			}
		}
		return notices;
	}

	/** The commit is in flight for all of them. */
	public static void joinAll(Map<Long, RunRecord> records, Commit commit) {
		records.values().forEach((record) -> record.join(commit));
	}

	/**
	 * Wakes the subscribers, when the completion is durable.
	 */
	public void wakeSubscribers(PendingCompletion ended) {
		ended.notices().forEach(this.environment.delivery()::wake);
	}

	/**
	 * Records that a run cannot continue, on its own thread, unless it was resumed
	 * meanwhile: then it is to wait for its turn.
	 * @return its row
	 */
	RunRow pause(LoadedRun run, String reason) {
		return this.environment.ledger().decide(run.number(), (record) -> {
			if (run.journal().isResumed()) {
				run.journal().note(Transition.RESUME, RunRow::pending);
			}
			else {
				run.journal().note(Transition.PAUSE, (before) -> before.paused(reason));
			}
			return run.journal().row();
		});
	}

	/**
	 * Waits until what was decided about a run is durable.
	 */
	public void awaitDurable(long run) {
		this.environment.ledger().decide(run, (record) -> {
			record.awaitDurable();
			return run;
		});
	}

	/**
	 * Clears the inbox of a run that has ended: unread messages are removed, or, where
	 * the run may be retried, set aside for that.
	 */
	public void clear(long run) {
		this.environment.ledger().decide(run, (record) -> {
			RunRow row = record.row();
			if (row != null && row.state() instanceof RunState.Ended ended) {
				record.awaitDurable();
				List<Change> changes = left(run, ended);
				if (!changes.isEmpty()) {
					record.commit(changes);
				}
			}
			return run;
		});
	}

	private List<Change> left(long run, RunState.Ended ended) {
		List<Change> changes = new ArrayList<>();
		this.environment.partition()
			.store()
			.readMessages(run, 0,
					(message, isWhole, bytes) -> changes.add((ended.isRetryable() && message.kind().isForCode())
							? new Change.MessageSetAside(message) : new Change.MessageTaken(run, message.sequence())));
		return changes;
	}

	/**
	 * A completion on its way to the disk.
	 *
	 * @param commit that makes it durable
	 * @param notices for the subscribers
	 */
	public record PendingCompletion(Completion completion, Commit commit, List<Message> notices) {
	}

	private record Decided<T extends @Nullable Object>(T value) {
	}

}
