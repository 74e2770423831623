package io.kraft.engine.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.kraft.client.RunOperation;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.ledger.RunChange;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.lifecycle.Conclusion;
import io.kraft.engine.lifecycle.OpenTimers;
import io.kraft.engine.lifecycle.RunCompleter;
import io.kraft.engine.lifecycle.RunCompleter.PendingCompletion;
import io.kraft.engine.lifecycle.UnreadableRun;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.run.CompletionSubscriber;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.state.Transition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Timer;
import io.kraft.workflow.WorkflowCancelledException;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run immediately, wherever it is: takes it from its thread, if it has one, waits
 * for what that has handed over, and then reads what is to be removed with it. From the
 * take-over on nothing of the run is recorded but this end.
 */
final class Termination {

	private final RunEnvironment environment;

	private final RunCompleter completer;

	Termination(RunEnvironment environment, RunCompleter completer) {
		this.environment = environment;
		this.completer = completer;
	}

	/**
	 * Hands over the end.
	 * @return empty if the run has ended otherwise, or is no more
	 */
	Optional<PendingCompletion> terminate(long run, WrittenAnswer answer) {
		return this.completer.decide(run, (record) -> subscribers(run, record), (records) -> {
			RunRecord record = Objects.requireNonNull(records.get(run));
			RunRow row = record.row();
			return (row != null && row.admits(RunOperation.TERMINATE)) ? Optional.of(end(record, row, records, answer))
					: Optional.empty();
		});
	}

	/** Within the decision all of them are in the inbox. */
	private Set<CompletionSubscriber> subscribers(long run, @Nullable RunRecord record) {
		if (record != null) {
			record.awaitDurable();
		}
		return this.environment.delivery()
			.requests(run)
			.stream()
			.filter((message) -> message.kind() == Message.Kind.WATCH)
			.map((message) -> CompletionSubscriber.parse(message.name()))
			.collect(Collectors.toSet());
	}

	private PendingCompletion end(RunRecord record, RunRow before, Map<Long, RunRecord> records, WrittenAnswer answer) {
		record.takeOver();
		List<Change> changes = openTimers(record);
		if (before.startTimer() != null) {
			remove(before.startTimer(), changes);
		}
		Outcome outcome = terminated(before.id());
		for (Message request : this.environment.delivery().requests(record.run())) {
			changes.add(new Change.MessageTaken(record.run(), request.sequence()));
		}
		List<Message> notices = this.completer.notices(before, subscribers(record.run(), record), records, outcome,
				changes);
		Instant now = this.environment.now();
		RunRow row = this.completer.ended(before, new Conclusion(WorkflowStatus.TERMINATED, outcome), now,
				this.environment.definitions()
					.find(before.name(), before.version(), before.step())
					.map(WorkflowDefinition::retention)
					.orElse(null));
		changes.addAll(answer.changes());
		Commit commit = record
			.commit(RunChange.to(Transition.TERMINATE, row).entry(new RunEnded(outcome, now)).with(changes));
		RunCompleter.joinAll(records, commit);
		return new PendingCompletion(new Completion(row, outcome), commit, notices);
	}

	/** An unreadable journal is no reason to keep the run. */
	private List<Change> openTimers(RunRecord record) {
		try {
			OpenTimers timers = new OpenTimers();
			record.scanJournal(timers::add);
			List<Change> changes = new ArrayList<>();
			timers.of(record.run()).forEach((timer) -> remove(timer, changes));
			return changes;
		}
		catch (RuntimeException ex) {
			if (!UnreadableRun.isCauseOf(ex)) {
				throw ex;
			}
			record.measureJournal();
			return new ArrayList<>();
		}
	}

	private void remove(Timer timer, List<Change> changes) {
		this.environment.timers().remove(timer);
		changes.add(new Change.TimerRemoved(timer));
	}

	private static Outcome terminated(String id) {
		return new Outcome.Failed(Failures.record(new WorkflowCancelledException(
				"run '" + id + "' was terminated; nothing was compensated. See docs/reference/errors.md#kraft-2006",
				null, id)));
	}

}
