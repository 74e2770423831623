package io.kraft.engine.run;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.ledger.RunChange;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.message.Inbox;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.state.Transition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The writing end of a run's journal, for as long as the run executes here. Thread-safe.
 * <p>
 * What is <em>noted</em> waits in memory for the run's next commit, and so costs none of
 * its own; what is <em>appended</em> is handed to the committer immediately, together
 * with what was noted before. Neither waits for the disk: {@link #awaitDurable()} does,
 * and is called before anything leaves the engine.
 * <p>
 * It is closed when the run ends, continues as new or leaves memory, and when another
 * thread decides about the run. What comes to it from then on is refused: the thread that
 * brings it is unwound ({@link RunUnwound}).
 * <p>
 * The lock is that of the run's record. A full commit queue makes its holder wait, and
 * with it only threads that work on the same run.
 */
public final class RunJournal implements RunRecord.Writer {

	private final Partition partition;

	private final RunRecord record;

	private final Inbox inbox;

	private volatile RunRow row;

	private volatile boolean closed;

	private volatile boolean resumed;

	/** Of all its entries, those on their way included. */
	private final AtomicLong sizeBytes = new AtomicLong();

	private volatile Runnable takenOver = () -> {
	};

	private RunJournal(RunEnvironment environment, RunRecord record, RunRow row, long sizeBytes) {
		this.sizeBytes.set(sizeBytes);
		this.partition = environment.partition();
		this.record = record;
		this.inbox = new Inbox(row.number(), this.partition.store(), environment.inboxMemory());
		this.row = row;
	}

	/**
	 * The journal of a run that is about to be.
	 * @param length how many entries it will have before anything else is appended
	 * @param sizeBytes of these entries
	 */
	public static RunJournal create(RunEnvironment environment, RunRow row, int length, long sizeBytes) {
		RunRecord record = environment.ledger().create(row, length);
		RunJournal journal = new RunJournal(environment, record, row, sizeBytes);
		record.lock();
		try {
			record.attach(journal);
		}
		finally {
			record.unlock();
		}
		return journal;
	}

	/**
	 * Continues a journal, in a decision about its run; its length is known.
	 * @param sizeBytes of its entries
	 */
	public static RunJournal open(RunEnvironment environment, RunRecord record, RunRow row, long sizeBytes) {
		RunJournal journal = new RunJournal(environment, record, row, sizeBytes);
		record.attach(journal);
		return journal;
	}

	/**
	 * Sets what to do when another thread has decided about the run; must not block.
	 */
	void onTakeOver(Runnable action) {
		this.takenOver = action;
	}

	@Override
	public void takenOver() {
		this.closed = true;
		this.takenOver.run();
	}

	/**
	 * The run's row as of the last change that was noted here.
	 */
	public RunRow row() {
		return this.row;
	}

	/**
	 * What was sent to the run, and is taken by commits that are made here.
	 */
	public Inbox inbox() {
		return this.inbox;
	}

	/**
	 * The run is resumed, in a decision about it, while it is still about to pause: it
	 * may have read, or be about to read, a request to pause whose removal is not durable
	 * yet. Kept here, because the ledger knows the writer from the decision to load the
	 * run on, and others find the run in memory only later.
	 */
	public void markResumed() {
		this.resumed = true;
	}

	/**
	 * Whether the run is to wait for its turn again instead of being paused.
	 */
	public boolean isResumed() {
		return this.resumed;
	}

	/**
	 * Whether nothing can be written here any more.
	 */
	public boolean isClosed() {
		return this.closed;
	}

	/**
	 * How many entries the journal has, those on their way included.
	 */
	int length() {
		return this.record.length();
	}

	/**
	 * How many bytes the entries have, those on their way included.
	 */
	long sizeBytes() {
		return this.sizeBytes.get();
	}

	/**
	 * Notes an entry, and changes that belong to it.
	 * @return where it stands in the journal
	 */
	public int note(JournalEntry entry, Change... changes) {
		byte[] encoded = JournalCodec.encode(entry);
		lock();
		try {
			int sequence = this.record.note(encoded);
			this.sizeBytes.addAndGet(encoded.length);
			this.record.note(changes);
			return sequence;
		}
		finally {
			this.record.unlock();
		}
	}

	/**
	 * Notes the run's row, which is made from the one before.
	 * @param change makes it; null leaves the row as it is
	 */
	public void note(Transition transition, Function<RunRow, @Nullable RunRow> change) {
		lock();
		try {
			RunRow after = change.apply(this.row);
			if (after != null) {
				this.record.note(transition, after);
				this.row = after;
			}
		}
		finally {
			this.record.unlock();
		}
	}

	/**
	 * Notes an entry, changes that belong to it, and the run's row, which is made from
	 * the one before: no commit has one of them without the others.
	 * @param change makes the row; null leaves it as it is
	 */
	public void note(JournalEntry entry, Transition transition, Function<RunRow, @Nullable RunRow> change,
			Change... changes) {
		lock();
		try {
			note(transition, change);
			note(entry, changes);
		}
		finally {
			this.record.unlock();
		}
	}

	/**
	 * Notes changes without an entry.
	 */
	public void note(Change... changes) {
		lock();
		try {
			this.record.note(changes);
		}
		finally {
			this.record.unlock();
		}
	}

	/**
	 * Appends an entry, and changes that belong to it.
	 * @return where it stands in the journal
	 */
	public int append(JournalEntry entry, Change... changes) {
		byte[] encoded = JournalCodec.encode(entry);
		lock();
		try {
			int sequence = this.record.note(encoded);
			this.sizeBytes.addAndGet(encoded.length);
			this.record.note(changes);
			this.record.handOver();
			return sequence;
		}
		finally {
			this.record.unlock();
		}
	}

	/**
	 * Appends an entry, and changes that belong to it and to other runs.
	 * @return what makes them durable
	 */
	public Commit commit(JournalEntry entry, List<Change> changes) {
		byte[] encoded = JournalCodec.encode(entry);
		lock();
		try {
			this.record.note(encoded);
			this.sizeBytes.addAndGet(encoded.length);
			return this.record.commit(changes);
		}
		finally {
			this.record.unlock();
		}
	}

	/**
	 * Hands over a change without an entry that is decided when its turn has come; it
	 * goes alone, before what is noted. A thread that a body has left behind may bring
	 * it, so nothing is unwound.
	 * @param change called once at most, on the committer's thread; must not block
	 * @param sizeBytes about how large it will be
	 * @return false if this is closed, and it was not taken
	 */
	public boolean submitLate(Supplier<Change> change, int sizeBytes) {
		this.record.lock();
		try {
			if (!this.closed) {
				this.partition.submitLate(change, sizeBytes);
			}
			return !this.closed;
		}
		finally {
			this.record.unlock();
		}
	}

	/**
	 * Appends the run's end, in a decision about it, and closes this.
	 * @param changes that belong to it
	 */
	public Commit end(RunRow ended, RunEnded entry, List<Change> changes) {
		Commit commit = this.record.commit(RunChange.to(Transition.END, ended).entry(entry).with(changes));
		this.row = ended;
		close();
		return commit;
	}

	/**
	 * Puts a fresh journal in place of this one, and closes this.
	 * @param entries of the fresh journal
	 * @param changes that belong to it
	 */
	public void restart(List<JournalEntry> entries, UnaryOperator<RunRow> continued, List<Change> changes) {
		List<byte[]> encoded = entries.stream().map(JournalCodec::encode).toList();
		lock();
		try {
			this.record.noteCleared();
			encoded.forEach(this.record::note);
			RunRow after = continued.apply(this.row);
			this.record.note(Transition.CONTINUE_AS_NEW, after);
			this.record.note(changes.toArray(Change[]::new));
			this.row = after;
			close();
		}
		finally {
			this.record.unlock();
		}
	}

	/**
	 * Closes this, in a decision about its run, unless it is: others may write from now
	 * on.
	 */
	public void close() {
		if (!this.closed) {
			this.closed = true;
			this.record.detach(this);
		}
	}

	/**
	 * Waits until everything that this run has produced so far is durable.
	 * @throws RunUnwound if it never will be, because another thread has decided about
	 * the run
	 * @throws KraftException if it never will be, because the partition has stopped
	 */
	public void awaitDurable() {
		Commit last;
		lock();
		try {
			last = this.record.handOver();
		}
		finally {
			this.record.unlock();
		}
		if (last != null) {
			last.await();
		}
		// Also where nothing is on its way: what follows could not be recorded.
		this.partition.checkTakesCommits();
		if (this.closed) {
			throw RunUnwound.ofWriter();
		}
	}

	private void lock() {
		this.record.lock();
		if (this.closed) {
			this.record.unlock();
			throw RunUnwound.ofWriter();
		}
	}

}
