package io.kraft.engine.control;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;

import io.kraft.client.LimitExceededException;
import io.kraft.client.RunOperation;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowNotEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.JournalEntry.CallbackOpened;
import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.JournalEntry.ChildrenReopened;
import io.kraft.engine.journal.JournalEntry.RunRetried;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.ledger.RunChange;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.lifecycle.LoadQueue;
import io.kraft.engine.lifecycle.RunStarter;
import io.kraft.engine.operation.CallbackTokens;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.run.CompletionSubscriber;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.MessageDelivery;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.state.Transition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Continues a failed run from the operation whose failure has ended it. A child whose
 * failure that was is retried first, in a commit of its own that subscribes the parent to
 * it again: crash between the two, and the child continues by itself, and the retry of
 * the parent, which was not acknowledged, can be repeated. Thread-safe.
 */
final class RunRetry {

	private final RunEnvironment environment;

	private final LoadedRuns loadedRuns;

	private final LoadQueue loads;

	private final RunStarter starter;

	RunRetry(RunEnvironment environment, LoadedRuns loadedRuns, LoadQueue loads, RunStarter starter) {
		this.environment = environment;
		this.loadedRuns = loadedRuns;
		this.loads = loads;
		this.starter = starter;
	}

	/**
	 * Retries a run, and the children whose failure has ended it; one that has not ended
	 * and is not paused stays as it is.
	 * @param row of the run, as it was found: another one that has its id meanwhile is
	 * not retried, nor one that has the id of a child
	 * @throws WorkflowNotFoundException if it was removed
	 * @throws WorkflowNotEndedException if it is paused
	 * @throws WorkflowEndedException if that cannot be done; nothing is changed then
	 * @param answer goes with the commit of the run, not with those of its children
	 */
	void retry(RunRow row, WrittenAnswer answer) {
		check(row, false, new HashSet<>());
		revive(row, null, new HashSet<>(), answer);
	}

	/** Before anything is changed. */
	private void check(RunRow run, boolean isChild, Set<Long> seen) {
		Planned planned = seen.add(run.number()) ? planned(run, isChild) : null;
		if (planned != null) {
			planned.plan().children().forEach((position, child) -> {
				try {
					checkChild(child, seen);
				}
				catch (WorkflowNotFoundException | WorkflowEndedException ex) {
					throw new WorkflowEndedException("run '" + run.id() + "' has failed because its child '"
							+ child.childId() + "' has, at position " + position
							+ ", and cannot be retried without that: " + ex.getMessage()
							+ " Restart the run as a new one, with all of it (restart), or with what "
							+ "was before the child (restartFrom position " + position
							+ "). See docs/reference/errors.md#kraft-3003", ex, run.id(), run.status());
				}
			});
		}
	}

	/** One elsewhere is checked when it is retried, which is before its parent is. */
	private void checkChild(ChildStarted started, Set<Long> seen) {
		RunRow child = child(started);
		if (!this.environment.neighbours().isHere(started.childId())) {
			if (child.status().isTerminal() && child.status() != WorkflowStatus.COMPLETED) {
				child.admits(RunOperation.RETRY);
			}
			return;
		}
		if (child.status() != WorkflowStatus.COMPLETED) {
			check(child, true, seen);
		}
	}

	/** Not a run of another workflow that has its id since it was deleted. */
	private RunRow child(ChildStarted started) {
		String id = started.childId();
		Optional<RunRow> found = this.environment.neighbours().isHere(id) ? store().run(id)
				: this.environment.neighbours().find(id);
		return found.filter((row) -> row.name().equals(started.name())).orElseThrow(() -> MessageDelivery.notFound(id));
	}

	/** Null if the run has not ended. */
	private @Nullable Planned planned(RunRow run, boolean isChild) {
		return decide(run, (record) -> isRetried(record, isChild) ? plan(record) : null);
	}

	private <T> @Nullable T decide(RunRow run, Function<RunRecord, @Nullable T> decision) {
		return this.environment.delivery().<@Nullable T>decide(run.id(), (record) -> {
			if (record.run() != run.number()) {
				throw MessageDelivery.notFound(run.id());
			}
			return decision.apply(record);
		});
	}

	/**
	 * Whether there is anything to retry. Who retries a paused run would wait for
	 * nothing; a child that is paused is waited for, by its parent.
	 */
	private static boolean isRetried(RunRecord record, boolean isChild) {
		RunRow row = Objects.requireNonNull(record.row());
		return !(isChild && row.status() == WorkflowStatus.PAUSED) && row.admits(RunOperation.RETRY);
	}

	private Planned plan(RunRecord record) {
		RunRow row = Objects.requireNonNull(record.row());
		String id = row.id();
		AtomicLong size = new AtomicLong();
		RecordedJournal recorded = RecordedJournal.read(id, this.environment.settings().memory().loadedJournals(),
				(reader) -> record.scanJournal((encoded) -> {
					size.addAndGet(encoded.length);
					reader.accept(encoded);
				}));
		checkRoom(id, record.length(), this.environment.settings().maxJournalEntries(), "entries",
				"kraft.engine.max-journal-entries");
		checkRoom(id, size.get(), this.environment.settings().limits().journal(), "bytes",
				"kraft.engine.max-journal-size");
		if (recorded.inOrder().stream().anyMatch((operation) -> operation.kind() == OperationKind.COMPENSATION)) {
			throw new WorkflowEndedException("run '" + id + "' has failed, and what it had done was compensated: "
					+ "it cannot continue from there. Restart it as a new run. See docs/reference/errors.md#kraft-3003",
					null, id, row.status());
		}
		Predicate<Payload> allFailed = (decision) -> this.environment.payloads().text(decision).equals("-1");
		return new Planned(RetryPlan.of(recorded, allFailed), recorded, recorded.origin(id).generation());
	}

	/**
	 * A retry adds to the journal, and what fails again without doing anything may be
	 * retried for ever.
	 */
	private static void checkRoom(String id, long size, long limit, String unit, String property) {
		if (size >= limit) {
			throw new LimitExceededException("run '" + id + "' cannot be retried: its journal has " + size + " " + unit
					+ ", and at most " + limit + " are kept. Restart it as a new run (restart, restartFrom), or raise "
					+ property + ". See docs/reference/errors.md#kraft-3015", null, id, limit);
		}
	}

	/**
	 * Children first.
	 * @param answer goes with the commit of the run itself
	 * @param subscriber a parent that is to be notified of its end; null if there is none
	 */
	private void revive(RunRow run, @Nullable CompletionSubscriber subscriber, Set<Long> seen, WrittenAnswer answer) {
		if (run.status() == WorkflowStatus.COMPLETED && subscriber != null) {
			return;
		}
		Planned planned = seen.add(run.number()) ? planned(run, subscriber != null) : null;
		if (planned != null) {
			planned.plan().children().forEach((position, started) -> {
				RunRow child = child(started);
				if (!this.environment.neighbours().isHere(child.id())) {
					this.environment.neighbours().retry(new StartedRun(child.id(), child.number()), child.name());
					return;
				}
				String place = (planned.generation() == 0) ? position.toString()
						: planned.generation() + ":" + position;
				revive(child, new CompletionSubscriber(run.number(), place), seen, WrittenAnswer.NONE);
			});
		}
		// Nor does a start take its place meanwhile.
		Revived revived = this.starter.whileClaimed(run.id(),
				() -> decide(run, (record) -> revive(record, subscriber, answer)));
		if (revived == null) {
			return;
		}
		revived.commit().await();
		if (revived.pending() != null) {
			this.loads.expectPending(revived.pending());
		}
	}

	private @Nullable Revived revive(RunRecord record, @Nullable CompletionSubscriber subscriber,
			WrittenAnswer answer) {
		RunRow row = record.row();
		if (subscriber != null && row != null && row.status() == WorkflowStatus.COMPLETED) {
			return null;
		}
		List<Change> watch = (subscriber != null) ? List.of(watch(record, subscriber)) : List.of();
		if (isRetried(record, subscriber != null)) {
			Planned planned = plan(record);
			RetryPlan plan = planned.plan();
			RunRow pending = Objects.requireNonNull(record.row()).pending();
			RunChange change = RunChange.to(Transition.RETRY, pending)
				.entry(new RunRetried(plan.positions(), this.environment.now()));
			if (!plan.children().isEmpty()) {
				change.entry(new ChildrenReopened(List.copyOf(plan.children().keySet()), this.environment.now()));
			}
			Commit commit = record.commitOrRefuse(change
				.with(store().messagesSetAside(record.run()).stream().map(Change.MessageReturned::new).toList())
				.with(messages(record.run(), planned))
				.with(watches(pending, planned))
				.with(watch)
				.with(answer.changes()));
			this.environment.delivery().returned(record.run());
			return new Revived(pending, commit);
		}
		return watch.isEmpty() ? null : new Revived(null, record.commitOrRefuse(watch));
	}

	/**
	 * Of the children in other partitions: their subscriber was forgotten with their end.
	 */
	private List<Change> watches(RunRow parent, Planned planned) {
		List<Change> watches = new ArrayList<>();
		planned.plan().children().forEach((position, child) -> {
			if (!this.environment.neighbours().isHere(child.childId())) {
				Requester requester = new Requester(parent.id(), parent.number(),
						position.inGeneration(planned.generation()));
				watches.add(this.environment.neighbours()
					.added(new OutboxRow.Watch(this.environment.nextRequestId(), child.childId(), requester,
							child.name(), this.environment.now())));
			}
		});
		return watches;
	}

	/**
	 * A run in memory knows its subscribers immediately, and one that is not when it is
	 * loaded.
	 */
	private Change watch(RunRecord record, CompletionSubscriber subscriber) {
		Message message = this.environment.delivery().watch(record.run(), subscriber);
		LoadedRun loaded = (record.writer() != null) ? this.loadedRuns.find(record.run()) : null;
		if (loaded != null) {
			loaded.requests().accept(message);
		}
		return new Change.MessageAdded(message, null);
	}

	/**
	 * What came by a wait that is forgotten comes again, and a callback that had failed,
	 * or is opened anew, can be completed anew.
	 */
	private List<Change> messages(long run, Planned planned) {
		List<Change> changes = new ArrayList<>();
		Set<String> callbacks = new HashSet<>();
		for (RecordedOperation operation : planned.plan().forgotten()) {
			Message.Kind kind = switch (operation.kind()) {
				case SIGNAL -> Message.Kind.SIGNAL;
				case CALLBACK_WAIT -> Message.Kind.CALLBACK;
				default -> null;
			};
			if (kind == null) {
				continue;
			}
			if (operation.completedBy() instanceof WaitEnded wait
					&& wait.outcome() instanceof Outcome.Success(Payload payload)) {
				if (kind == Message.Kind.SIGNAL || callbacks.add(wait.name())) {
					changes.add(new Change.MessageAdded(
							this.environment.delivery().again(run, kind, wait.name(), new Outcome.Success(payload)),
							null));
				}
			}
		}
		for (RecordedOperation operation : planned.recorded().inOrder()) {
			if (operation.first() instanceof CallbackOpened opened) {
				String callback = opened.position().inGeneration(planned.generation());
				if (isCompletedAnew(callback, planned.plan())) {
					changes.add(new Change.MessageForgotten(run, CallbackTokens.messageId(callback)));
				}
			}
		}
		return changes;
	}

	private static boolean isCompletedAnew(String callback, RetryPlan plan) {
		return plan.forgotten()
			.stream()
			.anyMatch((operation) -> operation.kind() == OperationKind.CALLBACK_WAIT
					&& operation.name().equals(callback) && !(operation.completedBy() instanceof WaitEnded wait
							&& wait.outcome() instanceof Outcome.Success));
	}

	private Store store() {
		return this.environment.partition().store();
	}

	/**
	 * What is to be made again of a run.
	 *
	 * @param generation of its journal
	 */
	private record Planned(RetryPlan plan, RecordedJournal recorded, int generation) {
	}

	/**
	 * A run that continues, or does so already and has a new subscriber.
	 *
	 * @param pending its row, if it waits for its turn
	 */
	private record Revived(@Nullable RunRow pending, Commit commit) {
	}

}
