package io.kraft.engine.planted;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.simulation.Contents;
import io.kraft.engine.simulation.DiskFault;
import io.kraft.engine.simulation.Faults;
import io.kraft.engine.simulation.Write;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.engine.timer.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A fault that is planted.
 *
 * @param name what is wrong
 * @param faults how it is made, anew for each simulation
 * @param kinds of violations by which it may be found
 */
record Planted(String name, Supplier<Faults> faults, Set<String> kinds) {

	private static final Set<String> LOST = Set.of("commit-before-effect", "effect-without-run", "start-lost",
			"run-lost", "message-lost", "result-not-durable", "at-most-once");

	static List<Planted> all() {
		return List.of(disk("the fsync is skipped", Planted::unsynced, LOST),
				disk("commits are acknowledged before they are written", () -> Plants.delaying(4, false), LOST),
				disk("batches are applied out of order", () -> Plants.delaying(4, true),
						with(LOST, "journal-end", "index-status", "counts", "outcome-twice")),
				disk("a batch is applied in part", () -> Plants.tearing(3), Set.of("counts")),
				disk("a timer is lost", () -> Plants.dropping(Plants.puts(Keyspace.TIMERS), 2),
						Set.of("timer-missing")),
				disk("a timer is not removed", () -> Plants.dropping(Plants.deletes(Keyspace.TIMERS), 2),
						Set.of("timer-stray")),
				disk("a timer is due too early",
						() -> Plants.changing(Plants.puts(Keyspace.TIMERS), 1, Plants::earlier),
						Set.of("timer-missing", "timer-early")),
				disk("a message is lost",
						() -> Plants.dropping(Plants.puts(Keyspace.MESSAGES, Plants.MESSAGE_INBOX), 2),
						Set.of("message-lost", "hangs")),
				disk("a message is doubled",
						() -> Plants.changing(Plants.puts(Keyspace.MESSAGES, Plants.MESSAGE_INBOX), 1, Plants::doubled),
						Set.of("message-twice", "inbox-stray")),
				disk("a message that was taken stays in the inbox",
						() -> Plants.dropping(Plants.deletes(Keyspace.MESSAGES, Plants.MESSAGE_INBOX), 1),
						Set.of("message-twice", "inbox-stray")),
				disk("known message ids are lost",
						() -> Plants.dropping(Plants.puts(Keyspace.MESSAGES, Plants.MESSAGE_KNOWN), 1),
						Set.of("message-twice")),
				disk("a count is wrong", () -> Plants.dropping(Plants.puts(Keyspace.META, Plants.META_COUNTS), 3),
						Set.of("counts")),
				disk("an id is not found", () -> Plants.dropping(Plants.puts(Keyspace.INDEX, Plants.INDEX_ID), 3),
						with(LOST, "index-id", "call-failed", "result-unexpected")),
				index("the index of statuses", Plants.INDEX_STATUS, "index-status"),
				index("the index of names", Plants.INDEX_NAME, "index-name"),
				index("the index of expiries", Plants.INDEX_EXPIRY, "index-expiry"),
				index("the index of pending runs", Plants.INDEX_PENDING, "index-pending"),
				disk("an index keeps a key that was removed",
						() -> Plants.dropping(Plants.deletes(Keyspace.INDEX, Plants.INDEX_STATUS), 3),
						Set.of("index-status")),
				disk("an entry has a wrong sequence",
						() -> Plants.changing(Plants.puts(Keyspace.JOURNAL), 5, Plants::shifted),
						with(LOST, "journal-gap", "journal-start", "journal-end", "outcome-twice", "entered-again")),
				disk("the end of a run is not in its journal",
						() -> Plants.dropping(Plants.entries(RunEnded.class::isInstance), 2), Set.of("journal-end")),
				disk("the outcome of a compensation is lost",
						() -> Plants.dropping(Plants.entries(
								(entry) -> entry instanceof StepCompleted step && step.step().startsWith("undo-")), 1),
						Set.of("journal-gap", "compensation-missing")),
				disk("the outcome of a step is lost",
						() -> Plants.dropping(Plants.entries(StepCompleted.class::isInstance), 2),
						with(LOST, "journal-gap", "entered-twice")),
				store("a journal is not cleared when its run continues as new", (store) -> new ForwardingStore(store) {

					@Override
					public void commit(long epoch, List<Change> changes) {
						super.commit(epoch,
								changes.stream()
									.filter((change) -> !(change instanceof Change.JournalCleared))
									.toList());
					}

				}, Set.of("journal-end", "journal-after-end", "outcome-twice", "journal-start", "timer-early",
						"journal-stray")),
				disk("a row is not replaced by a newer one", Planted::stale,
						with(LOST, "index-status", "journal-end", "counts")),
				disk("a live run is removed", () -> Plants.removing(4), with(LOST, "counts", "index-id")),
				disk("an epoch is used again", () -> Plants.dropping(Planted::isEpoch, 1), Set.of("epoch-reused")),
				disk("the row of a schedule is lost",
						() -> Plants.dropping(Plants.puts(Keyspace.META, Plants.META_SCHEDULE), 1),
						Set.of("schedule-missed", "schedule-twice")),
				store("known message ids are not found", (store) -> new ForwardingStore(store) {

					@Override
					public boolean knowsMessage(long run, String id) {
						return false;
					}

				}, Set.of("message-twice")), store("an inbox is not read", (store) -> new ForwardingStore(store) {

					@Override
					public List<Message> messages(long run, long after) {
						return List.of();
					}

					@Override
					public void readMessages(long run, long after, MessageVisitor visitor) {
						// Nothing.
					}

				}, Set.of("hangs", "inbox-stray")),
				store("runs that have not ended expire", (store) -> new ForwardingStore(store) {

					@Override
					public List<RunRow> expired(@Nullable RunRow after, Instant now, int limit) {
						return (after != null) ? List.of() : store.oldest(WorkflowStatus.SUSPENDED, 0, limit);
					}

				}, with(LOST, "counts", "timer-stray", "schedule-missed")),
				clock("the clock calls nobody", (time) -> new Scheduler() {

					@Override
					public Scheduled schedule(Instant dueAt, Runnable task) {
						return () -> {
						};
					}

					@Override
					public void close() {
					}

				}, Set.of("hangs", "schedule-missed", "timer-missing")));
	}

	private static Planted disk(String name, Supplier<DiskFault> fault, Set<String> kinds) {
		return new Planted(name, () -> new Faults() {

			@Override
			public DiskFault disk() {
				return fault.get();
			}

		}, kinds);
	}

	private static Planted index(String name, int kind, String found) {
		return disk(name + " loses a key", () -> Plants.dropping(Plants.puts(Keyspace.INDEX, kind), 3), Set.of(found));
	}

	private static Planted store(String name, UnaryOperator<Store> store, Set<String> kinds) {
		return new Planted(name, () -> new Faults() {

			@Override
			public UnaryOperator<Store> stores() {
				return store;
			}

		}, kinds);
	}

	private static Planted clock(String name, Function<ManualScheduler, Scheduler> scheduler, Set<String> kinds) {
		return new Planted(name, () -> new Faults() {

			@Override
			public Scheduler scheduler(ManualScheduler time) {
				return scheduler.apply(time);
			}

		}, kinds);
	}

	private static Set<String> with(Set<String> kinds, String... more) {
		Set<String> all = new TreeSet<>(kinds);
		all.addAll(Arrays.asList(more));
		return all;
	}

	private static DiskFault unsynced() {
		return new DiskFault() {

			@Override
			public List<Write> rewrite(Contents contents, List<Write> writes) {
				return writes;
			}

			@Override
			public boolean syncs() {
				return false;
			}

		};
	}

	/** Writes back what was there, now and then. */
	private static DiskFault stale() {
		return new DiskFault() {

			private int found;

			@Override
			public List<Write> rewrite(Contents contents, List<Write> writes) {
				return writes.stream()
					.filter((write) -> !(write instanceof Write.Put && write.space() == Keyspace.RUNS
							&& contents.space(Keyspace.RUNS).containsKey(write.key()) && ++this.found % 3 == 0))
					.toList();
			}

		};
	}

	private static boolean isEpoch(Write write) {
		return write instanceof Write.Put && write.space() == Keyspace.META
				&& new String(write.key(), StandardCharsets.US_ASCII).equals("epoch");
	}

	@Override
	public String toString() {
		return this.name;
	}

}
