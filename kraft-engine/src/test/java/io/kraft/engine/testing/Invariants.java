package io.kraft.engine.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunRetried;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunSlice;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds in each store at each moment, whatever has happened: checked over the public
 * methods of {@link Store}, for the few hundred runs of a test.
 */
public final class Invariants {

	private static final int MANY = 10_000;

	private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

	private final Store store;

	private final List<RunRow> rows = new ArrayList<>();

	private Invariants(Store store) {
		this.store = store;
		long before = Long.MAX_VALUE;
		while (before > 0) {
			RunSlice slice = store.runs(RunFilter.ALL, before, 1000);
			this.rows.addAll(slice.rows());
			before = slice.nextBefore();
		}
	}

	/**
	 * Fails unless rows, journals, indexes, counts, timers and inboxes fit each other.
	 */
	public static void check(Store store) {
		StoreCheck.check(store);
		Invariants invariants = new Invariants(store);
		invariants.rows.forEach(invariants::checkRow);
		invariants.checkIds();
		invariants.checkIndexes();
		invariants.checkTimers();
		invariants.checkNothingIsLeftOfRemovedRuns();
	}

	private void checkRow(RunRow row) {
		boolean hasEnded = row.status().isTerminal();
		assertThat(row.finishedAt() != null).as("has a time of its end: %s", row).isEqualTo(hasEnded);
		assertThat(row.expiresAt() == null || hasEnded).as("expires only when it has ended: %s", row).isTrue();
		assertThat(row.reason() != null).as("has a reason if it is paused: %s", row)
			.isEqualTo(row.status() == WorkflowStatus.PAUSED);
		checkJournal(row, journal(row));
	}

	private List<JournalEntry> journal(RunRow row) {
		List<JournalEntry> journal = new ArrayList<>();
		this.store.journal(row.number(), 0, (entry) -> journal.add(JournalCodec.decode(entry)));
		for (int sequence = 0; sequence < journal.size(); sequence++) {
			assertThat(this.store.entry(row.number(), sequence)).as("entry %s of %s", sequence, row).isNotNull();
		}
		return journal;
	}

	private static void checkJournal(RunRow row, List<JournalEntry> journal) {
		assertThat(journal).as("the journal of %s", row).isNotEmpty();
		assertThat(journal.getFirst()).as("the first entry of %s", row).isInstanceOf(RunStarted.class);
		assertThat(journal.getLast() instanceof RunEnded).as("the last entry of %s is its end: %s", row, journal)
			.isEqualTo(row.status().isTerminal());
		for (int i = 0; i < journal.size() - 1; i++) {
			if (journal.get(i) instanceof RunEnded) {
				assertThat(journal.get(i + 1)).as("what follows an end of %s", row).isInstanceOf(RunRetried.class);
			}
		}
	}

	private void checkIds() {
		Map<String, RunRow> newest = new HashMap<>();
		this.rows
			.forEach((row) -> assertThat(newest.put(row.id(), row)).as("another run with the id of %s", row).isNull());
		newest.forEach((id, row) -> assertThat(this.store.run(id)).as("the run of id %s", id).contains(row));
	}

	private void checkIndexes() {
		for (WorkflowStatus status : WorkflowStatus.values()) {
			assertThat(this.store.oldest(status, 0, MANY)).as("the runs that are %s", status)
				.containsExactlyInAnyOrderElementsOf(ofStatus(status));
		}
		List<RunRow> pending = new ArrayList<>();
		this.store.workflowsWithPending()
			.forEach((workflow) -> pending.addAll(this.store.pending(workflow, null, MANY)));
		assertThat(pending).as("the runs that wait for their turn")
			.containsExactlyInAnyOrderElementsOf(ofStatus(WorkflowStatus.PENDING));
		assertThat(this.store.expired(null, FAR, MANY)).as("the runs that expire")
			.containsExactlyElementsOf(this.rows.stream()
				.filter((row) -> row.expiresAt() != null)
				.sorted(Comparator.comparing((RunRow row) -> Objects.requireNonNull(row.expiresAt()))
					.thenComparingLong(RunRow::number))
				.toList());
	}

	private List<RunRow> ofStatus(WorkflowStatus status) {
		return this.rows.stream().filter((row) -> row.status() == status).toList();
	}

	private void checkTimers() {
		for (Timer timer : this.store.timers(null, MANY)) {
			assertThat(this.store.run(timer.run())).as("the run of %s", timer).isPresent();
		}
	}

	private void checkNothingIsLeftOfRemovedRuns() {
		for (long run = 1; run <= this.store.highestRun(); run++) {
			if (this.store.run(run).isEmpty()) {
				assertThat(this.store.lastEntry(run)).as("an entry of run %s, which is gone", run).isNull();
				assertThat(this.store.messages(run, 0)).as("messages of run %s, which is gone", run).isEmpty();
			}
		}
		this.store.runsWithMessages(0, MANY)
			.forEach((run) -> assertThat(this.store.run(run)).as("run %s with messages", run).isPresent());
	}

}
