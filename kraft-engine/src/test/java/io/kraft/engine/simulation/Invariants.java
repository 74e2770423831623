package io.kraft.engine.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunRetried;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.JournalEntry.TimerFired;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import org.jspecify.annotations.Nullable;

/**
 * What holds of a store between any two commits, whatever has happened: rows, journals,
 * indexes, counts, timers and inboxes fit each other.
 */
public final class Invariants {

	private static final Instant FAR = Instant.parse("2200-01-01T00:00:00Z");

	private static final int ALL = 100_000;

	private final Store store;

	private final List<RunRow> rows;

	private final List<Violation> found = new ArrayList<>();

	private Invariants(Store store) {
		this.store = store;
		this.rows = Rows.of(store);
	}

	/**
	 * What does not hold; empty if all is well.
	 */
	public static List<Violation> check(Store store) {
		Invariants invariants = new Invariants(store);
		invariants.counts();
		invariants.indexes();
		invariants.rows.forEach(invariants::journal);
		invariants.timers();
		invariants.inboxes();
		return invariants.found;
	}

	private void report(String kind, String message) {
		this.found.add(new Violation(kind, message));
	}

	private void expect(String kind, String what, Object expected, Object found) {
		if (!expected.equals(found)) {
			report(kind, what + ": expected " + expected + ", found " + found);
		}
	}

	private void counts() {
		Map<String, StatusCounts> counts = new HashMap<>();
		this.rows
			.forEach((row) -> counts.merge(row.name(), StatusCounts.NONE.plus(row.status(), 1), StatusCounts::plus));
		expect("counts", "the counts", counts, this.store.counts());
	}

	private void indexes() {
		Map<String, Long> newest = new HashMap<>();
		this.rows.forEach((row) -> newest.merge(row.id(), row.number(), Math::max));
		newest.forEach((id, number) -> expect("index-id", "the run of id '" + id + "'", Optional.of(number),
				this.store.run(id).map(RunRow::number)));
		for (WorkflowStatus status : WorkflowStatus.values()) {
			Set<Long> expected = numbers(this.rows.stream().filter((row) -> row.status() == status).toList());
			expect("index-status", "the runs that are " + status, expected, numbers(this.store.oldest(status, 0, ALL)));
		}
		Set<String> pending = new TreeSet<>();
		for (String name : names()) {
			List<RunRow> ofName = this.rows.stream().filter((row) -> row.name().equals(name)).toList();
			RunFilter filter = new RunFilter(name, Set.of(), Map.of(), null, null);
			expect("index-name", "the runs of '" + name + "'", numbers(ofName),
					numbers(this.store.runs(filter, Long.MAX_VALUE, ALL).rows()));
			Set<Long> waiting = numbers(
					ofName.stream().filter((row) -> row.status() == WorkflowStatus.PENDING).toList());
			if (!waiting.isEmpty()) {
				pending.add(name);
			}
			expect("index-pending", "the pending runs of '" + name + "'", waiting,
					numbers(this.store.pending(name, null, ALL)));
		}
		expect("index-pending", "the workflows with pending runs", pending,
				new TreeSet<>(this.store.workflowsWithPending()));
		expect("index-expiry", "the runs that expire",
				numbers(this.rows.stream().filter((row) -> row.expiresAt() != null).toList()),
				numbers(this.store.expired(null, FAR, ALL)));
	}

	private Set<String> names() {
		Set<String> names = new TreeSet<>();
		this.rows.forEach((row) -> names.add(row.name()));
		return names;
	}

	private static Set<Long> numbers(List<RunRow> rows) {
		Set<Long> numbers = new TreeSet<>();
		rows.forEach((row) -> numbers.add(row.number()));
		return numbers;
	}

	private void journal(RunRow row) {
		List<JournalEntry> entries;
		try {
			entries = Rows.entries(this.store, row);
		}
		catch (RuntimeException ex) {
			report("journal-unreadable", what(row) + ": " + ex);
			return;
		}
		if (entries.isEmpty() || !(entries.getFirst() instanceof RunStarted)) {
			report("journal-start", what(row) + " has a journal that does not begin with its start: " + entries);
			return;
		}
		for (int sequence = 0; sequence < entries.size(); sequence++) {
			if (this.store.entry(row.number(), sequence) == null) {
				report("journal-gap", what(row) + " has no entry " + sequence + " of " + entries.size());
			}
		}
		end(row, entries);
		outcomes(row, entries);
	}

	private void end(RunRow row, List<JournalEntry> entries) {
		JournalEntry last = entries.getLast();
		if (row.status().isTerminal() != (last instanceof RunEnded)) {
			report("journal-end", what(row) + " is " + row.status() + ", but its journal ends with " + last);
		}
		else if (last instanceof RunEnded ended
				&& (row.status() == WorkflowStatus.COMPLETED) != (ended.outcome() instanceof Outcome.Success)) {
			report("journal-end", what(row) + " is " + row.status() + ", but has ended with " + ended.outcome());
		}
	}

	/** An operation has one outcome, and is not begun again when it has it. */
	private void outcomes(RunRow row, List<JournalEntry> entries) {
		Map<Position, RecordedOperation> settled = new HashMap<>();
		RecordedJournal journal = new RecordedJournal();
		boolean ended = false;
		for (JournalEntry entry : entries) {
			if (ended && !(entry instanceof RunRetried)) {
				report("journal-after-end", what(row) + " has an entry behind its end: " + entry);
			}
			ended = entry instanceof RunEnded;
			if (entry instanceof TimerFired fired) {
				if (fired.at().isBefore(due(settled.get(fired.position()), (RunStarted) entries.getFirst()))) {
					report("timer-early", what(row) + " has a timer that fired early: " + fired + " in " + entries);
				}
			}
			if (entry instanceof OperationEntry operation) {
				RecordedOperation before = settled.get(operation.position());
				if (before != null && before.completedBy() != null) {
					report("outcome-twice", what(row) + " has an entry about an operation that is settled: " + entry);
				}
			}
			journal.add(JournalCodec.encode(entry));
			settled = journal.operations();
		}
	}

	/**
	 * A sleep whose time came while it began, because the clock was moved just then, sets
	 * no timer.
	 */
	private static Instant due(@Nullable RecordedOperation timer, RunStarted start) {
		Instant due = (timer != null) ? timer.dueAt() : null;
		return (due != null) ? due : start.at().plusMillis(Programs.SHORTEST_WAIT);
	}

	private void timers() {
		List<Timer> timers = this.store.timers(null, ALL);
		Map<Long, RunRow> byNumber = new HashMap<>();
		this.rows.forEach((row) -> byNumber.put(row.number(), row));
		for (Timer timer : timers) {
			RunRow row = byNumber.get(timer.run());
			if (row == null || row.status().isTerminal()) {
				report("timer-stray", "a timer of run " + timer.run() + " at " + timer.position() + ", but the run is "
						+ ((row != null) ? row.status() : "gone"));
			}
		}
		for (RunRow row : this.rows) {
			if (!row.status().isTerminal() && row.status() != WorkflowStatus.SCHEDULED) {
				timers(row, timers);
			}
		}
	}

	private void timers(RunRow row, List<Timer> timers) {
		RecordedJournal journal = Rows.journal(this.store, row);
		Instant deadline = journal.dueAt();
		boolean undoes = journal.inOrder()
			.stream()
			.anyMatch((operation) -> operation.kind() == OperationKind.COMPENSATION);
		if (deadline != null && !undoes && row.startedAt() != null
				&& timers.stream().noneMatch((timer) -> timer.run() == row.number() && timer.dueAt().equals(deadline))
				&& this.store.messages(row.number(), 0).isEmpty()) {
			report("timer-missing", what(row) + " is to end by " + deadline + ", but has no timer for it");
		}
		for (RecordedOperation operation : journal.inOrder()) {
			Instant dueAt = operation.dueAt();
			boolean isOpen = operation.completedBy() == null && dueAt != null;
			Timer expected = isOpen ? new Timer(dueAt, row.number(), operation.position()) : null;
			if (expected != null && row.status() == WorkflowStatus.SUSPENDED && !timers.contains(expected)
					&& this.store.messages(row.number(), 0).isEmpty() && !undoes) {
				report("timer-missing",
						what(row) + " waits at " + operation.position() + " for " + dueAt
								+ ", but has no timer for it; it has "
								+ timers.stream().filter((timer) -> timer.run() == row.number()).toList());
			}
		}
	}

	private void inboxes() {
		Map<Long, RunRow> byNumber = new HashMap<>();
		this.rows.forEach((row) -> byNumber.put(row.number(), row));
		for (long number : this.store.runsWithMessages(0, ALL)) {
			RunRow row = byNumber.get(number);
			if (row == null) {
				report("inbox-stray", "run " + number + " is gone, but not its inbox");
			}
		}
		Set<Long> withMessages = new HashSet<>(this.store.runsWithMessages(0, ALL));
		for (RunRow row : this.rows) {
			if (!withMessages.contains(row.number()) && !this.store.messages(row.number(), 0).isEmpty()) {
				report("inbox-index", what(row) + " has messages, but is not among the runs with messages");
			}
		}
	}

	private static String what(RunRow row) {
		return "run " + row.number() + " '" + row.id() + "'";
	}

}
