package io.kraft.engine.execution.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The writing end of a run's journal. Thread-safe.
 * <p>
 * What is <em>noted</em> waits in memory for the run's next commit, and so costs none of
 * its own; what is <em>appended</em> is handed to the committer at once, together with
 * what was noted before. Neither waits for the disk: {@link #awaitDurable()} does, and is
 * called before anything leaves the engine.
 * <p>
 * The lock is the run's own. A full commit queue makes its holder wait, and with it only
 * the other branches of the same run.
 */
public final class RunJournal {

	private final Partition partition;

	private final ReentrantLock lock = new ReentrantLock();

	private List<Change> noted = new ArrayList<>(4);

	private int nextSequence;

	private volatile RunRow row;

	private @Nullable Commit lastCommit;

	private boolean ended;

	/**
	 * Goes on with a journal.
	 * @param nextSequence how many entries it has, or will have before anything else is
	 * appended
	 */
	public RunJournal(Partition partition, RunRow row, int nextSequence) {
		this.partition = partition;
		this.row = row;
		this.nextSequence = nextSequence;
	}

	/**
	 * The run's row as of the last change that was noted.
	 */
	public RunRow row() {
		return this.row;
	}

	/**
	 * How many entries the journal has, those on their way included.
	 */
	int length() {
		return this.nextSequence;
	}

	/**
	 * Notes an entry, and changes that belong to it.
	 * @return where it stands in the journal
	 */
	public int note(JournalEntry entry, Change... changes) {
		byte[] encoded = JournalCodec.encode(entry);
		this.lock.lock();
		try {
			return add(encoded, changes);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Notes the run's row.
	 */
	public void note(RunRow after) {
		this.lock.lock();
		try {
			if (!this.ended) {
				add(after);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Notes changes without an entry.
	 */
	public void note(Change... changes) {
		this.lock.lock();
		try {
			if (!this.ended) {
				Collections.addAll(this.noted, changes);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Appends an entry, and changes that belong to it.
	 * @return where it stands in the journal
	 */
	public int append(JournalEntry entry, Change... changes) {
		byte[] encoded = JournalCodec.encode(entry);
		this.lock.lock();
		try {
			int sequence = add(encoded, changes);
			handOver();
			return sequence;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Hands over a change without an entry that is decided when its turn has come; it
	 * goes alone, before what is noted. Left out when the run has ended.
	 * @param change called once at most, on the committer's thread; must not block
	 * @param sizeBytes about how large it will be
	 */
	public void submitLate(Supplier<Change> change, int sizeBytes) {
		this.lock.lock();
		try {
			if (!this.ended) {
				this.partition.submitLate(change, sizeBytes);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Appends the run's end, with the row that follows from it; whatever comes later is
	 * left out.
	 * @param changes that belong to it
	 * @return the row
	 */
	public RunRow end(RunEnded entry, UnaryOperator<RunRow> ended, List<Change> changes) {
		byte[] encoded = JournalCodec.encode(entry);
		this.lock.lock();
		try {
			add(encoded);
			add(ended.apply(this.row));
			this.noted.addAll(changes);
			handOver();
			this.ended = true;
			return this.row;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Puts a fresh journal in place of this one, unless the run has ended; whatever comes
	 * later is left out.
	 * @param entries of the fresh journal
	 * @param changes that belong to it
	 */
	public void restart(List<JournalEntry> entries, UnaryOperator<RunRow> continued, List<Change> changes) {
		this.lock.lock();
		try {
			if (this.ended) {
				return;
			}
			this.noted.add(new Change.JournalCleared(this.row.number(), this.nextSequence));
			this.nextSequence = 0;
			entries.forEach((entry) -> add(JournalCodec.encode(entry)));
			add(continued.apply(this.row));
			this.noted.addAll(changes);
			handOver();
			this.ended = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until everything that this run has produced so far is durable.
	 * @throws KraftException if it never will be, because the partition has stopped
	 */
	public void awaitDurable() {
		Commit last;
		this.lock.lock();
		try {
			handOver();
			last = this.lastCommit;
		}
		finally {
			this.lock.unlock();
		}
		if (last != null) {
			last.await();
		}
		// Also where nothing is on its way: what follows could not be recorded.
		this.partition.checkTakesCommits();
	}

	private int add(byte[] encoded, Change... changes) {
		int sequence = this.nextSequence;
		if (!this.ended) {
			this.noted.add(new Change.EntryAppended(this.row.number(), this.nextSequence++, encoded));
			Collections.addAll(this.noted, changes);
		}
		return sequence;
	}

	private void add(RunRow after) {
		this.noted.add(new Change.RunChanged(this.row, after));
		this.row = after;
	}

	private void handOver() {
		if (!this.noted.isEmpty()) {
			List<Change> changes = this.noted;
			this.noted = new ArrayList<>(4);
			this.lastCommit = this.partition.submit(changes);
		}
	}

}
