package io.kraft.engine.store.kv;

import java.nio.ByteBuffer;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunRetried;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.Outcome;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.check.Finding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Checks one journal for itself, and its end against the row.
 */
final class JournalCheck {

	private final Findings findings;

	private final long run;

	private final OpenWaits waits = new OpenWaits();

	private long length;

	private boolean sound = true;

	private boolean ended;

	JournalCheck(Findings findings, long run) {
		this.findings = findings;
		this.run = run;
	}

	/**
	 * Adds the next entry, by its key.
	 */
	void add(byte[] key, byte[] value) {
		long sequence = ByteBuffer.wrap(key).getInt(Long.BYTES);
		this.findings.entries++;
		if (sequence != this.length) {
			this.sound = false;
			this.findings.add(Kind.JOURNAL_GAP, this.run, "journal", "entry " + this.length, "entry " + sequence);
		}
		this.length = sequence + 1;
		JournalEntry entry = decode(sequence, value);
		if (entry == null) {
			return;
		}
		if ((sequence == 0) != (entry instanceof RunStarted)) {
			this.findings.add(Kind.JOURNAL_START, this.run, "entry " + sequence,
					(sequence == 0) ? "RunStarted" : "anything else", entry.getClass().getSimpleName());
		}
		if (this.ended && !(entry instanceof RunRetried)) {
			this.findings.add(Kind.JOURNAL_END, this.run, "entry " + sequence, "none, or RunRetried, behind RunEnded",
					entry.getClass().getSimpleName());
		}
		this.ended = entry instanceof RunEnded;
		this.waits.add(entry);
	}

	/**
	 * What the run waits for; null if the journal is damaged, so that it is not known.
	 */
	@Nullable OpenWaits waits() {
		return this.sound ? this.waits : null;
	}

	/**
	 * Compares the end of the journal, which is complete, with the row.
	 */
	void end(RunRow row) {
		if (this.length == 0) {
			this.sound = false;
			this.findings.add(Kind.JOURNAL_MISSING, row, "journal", "its entries", "none");
			return;
		}
		if (!this.sound) {
			return;
		}
		Outcome outcome = this.waits.outcome();
		if (!row.status().isTerminal()) {
			if (outcome != null) {
				this.findings.add(Kind.JOURNAL_END, row, "the last entry",
						"no RunEnded, because the run is " + row.status(), "RunEnded");
			}
			return;
		}
		boolean expectsSuccess = row.status() == WorkflowStatus.COMPLETED;
		if (outcome == null) {
			this.findings.add(Kind.JOURNAL_END, row, "the last entry", "RunEnded, because the run is " + row.status(),
					"another");
		}
		else if (expectsSuccess != (outcome instanceof Outcome.Success)) {
			this.findings.add(Kind.JOURNAL_END, row, "the last entry",
					(expectsSuccess ? "a result" : "a failure") + ", because the run is " + row.status(),
					outcome.getClass().getSimpleName());
		}
	}

	private @Nullable JournalEntry decode(long sequence, byte[] value) {
		try {
			return JournalCodec.decode(value);
		}
		catch (RuntimeException ex) {
			this.sound = false;
			this.findings.add(Kind.UNREADABLE_ENTRY, this.run, "entry " + sequence, "an entry",
					String.valueOf(ex.getMessage()));
			return null;
		}
	}

}
