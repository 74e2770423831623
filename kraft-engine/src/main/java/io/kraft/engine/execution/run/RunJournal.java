package io.kraft.engine.execution.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.RunStarted;
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

	/**
	 * Goes on with a journal that is in the store.
	 * @param nextSequence how many entries it has
	 */
	public RunJournal(Partition partition, RunRow row, int nextSequence) {
		this.partition = partition;
		this.row = row;
		this.nextSequence = nextSequence;
	}

	/**
	 * Begins the journal of a new run; durable when it returns.
	 * @param before changes to be made in the same commit
	 * @throws KraftException if the start was not made durable
	 */
	public static RunJournal begin(Partition partition, RunRow row, RunStarted started, List<Change> before) {
		before.add(new Change.RunChanged(null, row));
		before.add(new Change.EntryAppended(row.number(), 0, JournalCodec.encode(started)));
		partition.submitOrRefuse(before).await();
		return new RunJournal(partition, row, 1);
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
	 */
	public void note(JournalEntry entry, Change... changes) {
		byte[] encoded = JournalCodec.encode(entry);
		this.lock.lock();
		try {
			add(encoded, changes);
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
			add(after);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Notes changes without an entry.
	 */
	public void note(Change change) {
		this.lock.lock();
		try {
			this.noted.add(change);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Appends an entry, and changes that belong to it.
	 */
	public void append(JournalEntry entry, Change... changes) {
		byte[] encoded = JournalCodec.encode(entry);
		this.lock.lock();
		try {
			add(encoded, changes);
			handOver();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Appends an entry with the row that follows from it.
	 */
	public void append(JournalEntry entry, RunRow after) {
		byte[] encoded = JournalCodec.encode(entry);
		this.lock.lock();
		try {
			add(encoded);
			add(after);
			handOver();
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
	}

	private void add(byte[] encoded, Change... changes) {
		this.noted.add(new Change.EntryAppended(this.row.number(), this.nextSequence++, encoded));
		Collections.addAll(this.noted, changes);
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
