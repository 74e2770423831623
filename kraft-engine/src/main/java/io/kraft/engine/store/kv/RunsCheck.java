package io.kraft.engine.store.kv;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.state.RunState;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.check.Finding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Walks the rows, and beside them, in the same order, the journals, the inboxes and the
 * values of their runs.
 */
final class RunsCheck {

	private final KeyReader store;

	private final StoredRows rows;

	private final Findings findings;

	private final RowCheck rowCheck;

	private final PayloadCheck payloads;

	private final Map<String, StatusCounts> counts = new HashMap<>();

	private long indexKeys;

	private long timers;

	private long unreadableRows;

	private long highest;

	RunsCheck(KeyReader store, StoredRows rows, Findings findings) {
		this.store = store;
		this.rows = rows;
		this.findings = findings;
		this.rowCheck = new RowCheck(findings);
		this.payloads = new PayloadCheck(store, findings);
	}

	void run() {
		try (KeyCursor runs = this.store.scan(Keyspace.RUNS, Keys.EMPTY, null);
				RunStream journals = new RunStream(this.store, Keyspace.JOURNAL, Keys.EMPTY, Keys.EMPTY, 0,
						Long.BYTES + Integer.BYTES, this.findings);
				RunStream inboxes = messages(MessageKeys.INBOX, 1 + 2 * Long.BYTES);
				RunStream known = messages(MessageKeys.KNOWN, 0);
				RunStream published = messages(MessageKeys.PUBLISHED, 0);
				RunStream progress = messages(MessageKeys.PROGRESS, 0);
				RunStream setAside = messages(MessageKeys.SET_ASIDE, 1 + 2 * Long.BYTES);
				RunStream payloads = messages(MessageKeys.PAYLOAD, 1 + 2 * Long.BYTES)) {
			List<RunStream> values = List.of(known, published, progress, setAside, payloads);
			for (boolean found = runs.first(); found; found = runs.next()) {
				this.findings.keys++;
				long number = number(runs.key());
				if (number > 0) {
					orphans(number, journals, inboxes, values);
					check(number, runs.value(), journals, inboxes, values);
				}
			}
			orphans(Long.MAX_VALUE, journals, inboxes, values);
		}
	}

	/** How many runs there are, by their rows. */
	Map<String, StatusCounts> counts() {
		return this.counts;
	}

	/** How many index keys the rows need. */
	long indexKeys() {
		return this.indexKeys;
	}

	/** How many timers were found that belong to a run that has not ended. */
	long timers() {
		return this.timers;
	}

	/** How many rows are damaged, so that sums are not known. */
	long unreadableRows() {
		return this.unreadableRows;
	}

	/** The highest number of a row. */
	long highest() {
		return this.highest;
	}

	private RunStream messages(int kind, int length) {
		return new RunStream(this.store, Keyspace.MESSAGES, new byte[] { (byte) kind },
				new byte[] { (byte) (kind + 1) }, 1, length, this.findings);
	}

	private long number(byte[] key) {
		long number = (key.length == Long.BYTES) ? ByteBuffer.wrap(key).getLong() : 0;
		if (number <= 0) {
			this.findings.add(Kind.UNKNOWN_KEY, 0, "RUNS " + Findings.hex(key), "a number from 1", "another key");
		}
		return number;
	}

	private void orphans(long before, RunStream journals, RunStream inboxes, List<RunStream> values) {
		while (journals.run() < before) {
			long run = journals.run();
			this.findings.add(Kind.JOURNAL_ORPHAN, run, "journal", "a row", "none");
			while (journals.run() == run) {
				this.findings.entries++;
				journals.next();
			}
		}
		while (inboxes.run() < before) {
			this.findings.add(Kind.ORPHAN, inboxes.run(), "inbox " + Findings.hex(inboxes.key()), "a row", "none");
			inboxes.next();
		}
		for (RunStream stream : values) {
			while (stream.run() < before) {
				this.findings.add(Kind.ORPHAN, stream.run(), "MESSAGES " + Findings.hex(stream.key()), "a row", "none");
				stream.next();
			}
		}
	}

	private void check(long number, byte[] bytes, RunStream journals, RunStream inboxes, List<RunStream> values) {
		this.findings.runs++;
		this.highest = Math.max(this.highest, number);
		RunRow row = row(number, bytes);
		InboxCheck inbox = new InboxCheck(this.findings, this.rows, this.payloads, number, row);
		for (; inboxes.run() == number; inboxes.next()) {
			inbox.add(inboxes.key(), inboxes.value());
		}
		JournalCheck journal = new JournalCheck(this.findings, number);
		for (; journals.run() == number; journals.next()) {
			journal.add(journals.key(), journals.value());
		}
		for (RunStream stream : values) {
			for (; stream.run() == number; stream.next()) {
				checkValue(number, row, stream);
			}
		}
		if (row == null) {
			this.unreadableRows++;
			return;
		}
		this.rowCheck.check(row);
		this.counts.merge(row.name(), StatusCounts.NONE.plus(row.status(), 1), StatusCounts::plus);
		this.indexKeys += RunIndex.keys(row).size();
		journal.end(row);
		OpenWaits waits = journal.waits();
		if (waits != null && !row.status().isTerminal()) {
			checkTimers(row, waits);
			new ChildCheck(this.store, this.rows, this.findings).check(row, waits, inbox);
		}
	}

	private @Nullable RunRow row(long number, byte[] bytes) {
		try {
			return RunRowCodec.decode(number, bytes);
		}
		catch (RuntimeException ex) {
			this.findings.add(Kind.UNREADABLE_VALUE, number, "row", "a row", String.valueOf(ex.getMessage()));
			return null;
		}
	}

	private void checkValue(long number, @Nullable RunRow row, RunStream stream) {
		if (stream.key()[0] == MessageKeys.KNOWN) {
			return;
		}
		try {
			if (stream.key()[0] == MessageKeys.SET_ASIDE) {
				this.payloads.check(MessageCodec.decode(number, Keys.lastNumber(stream.key()), stream.value()));
				checkSetAside(number, row);
				return;
			}
			if (stream.key()[0] == MessageKeys.PAYLOAD) {
				this.payloads.check(number, stream.key(), stream.value());
				return;
			}
			if (JournalCodec.decodeOutcome(stream.value()) instanceof Outcome.Success) {
				return;
			}
			this.findings.add(Kind.UNREADABLE_VALUE, number, "MESSAGES " + Findings.hex(stream.key()), "a value",
					"a failure");
		}
		catch (RuntimeException ex) {
			this.findings.add(Kind.UNREADABLE_VALUE, number, "MESSAGES " + Findings.hex(stream.key()), "a value",
					String.valueOf(ex.getMessage()));
		}
	}

	private void checkSetAside(long number, @Nullable RunRow row) {
		if (row != null && !(row.state() instanceof RunState.Ended ended && ended.isRetryable())) {
			this.findings.add(Kind.MESSAGE, number, "a message that was set aside",
					"a run that has failed and may be retried", "status " + row.status());
		}
	}

	private void checkTimers(RunRow row, OpenWaits waits) {
		for (RunTimers.Expected timer : RunTimers.of(row, waits)) {
			byte[] key = RunKeys.timer(timer.timer());
			if (this.store.get(Keyspace.TIMERS, key) != null) {
				this.timers++;
			}
			else if (timer.required()) {
				this.findings.add(Kind.TIMER_MISSING, row, "timer of " + timer.purpose(),
						"one due " + timer.timer().dueAt(), "none", KeyFix.present(Keyspace.TIMERS, key));
			}
		}
	}

}
