package io.kraft.engine.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.memory.JournalShare;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.state.Transition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RefusedChangeException;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The latest state of one run: its row and the length of its journal as of the last
 * change, which need not be durable yet, and who writes its journal.
 * <p>
 * While it is locked, which {@link RunLedger} does for a decision and the writer for each
 * entry, nothing else changes the run: what is read here is what the change is applied
 * to, because changes become durable in the order in which they are submitted. The writer
 * <em>notes</em> changes that become part of the run's next commit; a decision of another
 * thread submits these before its own.
 */
public final class RunRecord {

	private static final int UNKNOWN = -1;

	private final long run;

	private final Partition partition;

	private final ReentrantLock lock = new ReentrantLock();

	private boolean read;

	private @Nullable RunRow row;

	private int length = UNKNOWN;

	private List<Change> noted = new ArrayList<>(4);

	private @Nullable Commit lastCommit;

	private @Nullable Writer writer;

	/** Changed within the ledger's atomic operations only. */
	private int users;

	/** A run that the store may hold. */
	RunRecord(long run, Partition partition) {
		this.run = run;
		this.partition = partition;
	}

	/** A run that is about to be. */
	RunRecord(RunRow row, int length, Partition partition) {
		this(row.number(), partition);
		this.read = true;
		this.row = row;
		this.length = length;
	}

	/**
	 * Locks it, for its writer: all others decide through {@link RunLedger}.
	 */
	public void lock() {
		this.lock.lock();
	}

	/**
	 * Ends what {@link #lock} began.
	 */
	public void unlock() {
		this.lock.unlock();
	}

	RunRecord enter() {
		this.users++;
		return this;
	}

	void leave() {
		this.users--;
	}

	/**
	 * Whether the store knows all that is known here, and no thread is about to change
	 * it.
	 */
	boolean isIdle() {
		return this.users == 0 && this.writer == null && !isInFlight();
	}

	boolean isInFlight() {
		Commit last = this.lastCommit;
		return last != null && !last.isDurable();
	}

	/**
	 * The run's number.
	 */
	public long run() {
		return this.run;
	}

	/**
	 * The run's row; null if there is no run, or it was removed.
	 */
	public @Nullable RunRow row() {
		checkLocked();
		if (!this.read) {
			this.row = this.partition.store().run(this.run).orElse(null);
			this.read = true;
		}
		return this.row;
	}

	/**
	 * Whether there is a run that has not ended.
	 */
	public boolean isOpen() {
		RunRow row = row();
		return row != null && !row.status().isTerminal();
	}

	/**
	 * Who executes the run here; null if it is not executed here.
	 */
	public @Nullable Writer writer() {
		checkLocked();
		return this.writer;
	}

	/**
	 * Waits until all that was submitted is durable, so that the store shows it. What was
	 * refused is discarded: then the store is the truth.
	 * @throws KraftException if it never will be
	 */
	public void awaitDurable() {
		checkLocked();
		handOver();
		if (this.lastCommit != null) {
			try {
				this.lastCommit.await();
			}
			catch (RefusedChangeException ex) {
				discard();
			}
		}
	}

	/**
	 * Reads the run's journal as far as it fits into its share of the memory, and learns
	 * its length. The caller looks whether it fits.
	 * @throws UnreadableEntryException if an entry cannot be read
	 */
	public RecordedJournal readJournal(JournalShare share) {
		RecordedJournal journal = new RecordedJournal();
		scanJournal((encoded) -> {
			if (share.take(encoded.length)) {
				journal.add(encoded);
			}
		});
		return journal;
	}

	/**
	 * Reads the run's journal entry by entry, and learns its length.
	 */
	public void scanJournal(Consumer<byte[]> reader) {
		awaitDurable();
		int[] length = { 0 };
		this.partition.store().journal(this.run, 0, (encoded) -> {
			reader.accept(encoded);
			length[0]++;
		});
		this.length = length[0];
	}

	/**
	 * Learns the length of the run's journal without reading it.
	 */
	public void measureJournal() {
		awaitDurable();
		this.length = this.partition.store().journalLength(this.run);
	}

	/**
	 * Commits what a decision makes of the run, as the engine does: waits for room in the
	 * queue.
	 * @throws IllegalTransitionException if the table does not have it; nothing is
	 * written
	 */
	public Commit commit(RunChange change) {
		return commit(change, this.partition::submit);
	}

	/**
	 * Commits what a decision makes of the run on behalf of a client.
	 * @throws io.kraft.client.OverloadedException if the queue stays full; nothing is
	 * written
	 * @throws IllegalTransitionException if the table does not have it; nothing is
	 * written
	 */
	public Commit commitOrRefuse(RunChange change) {
		return commit(change, this.partition::submitOrRefuse);
	}

	private Commit commit(RunChange change, Function<List<Change>, Commit> submit) {
		RunRow before = row();
		checkAllowed(change.transition(), before, change.after());
		if (this.length == UNKNOWN && change.needsLength()) {
			measureJournal();
		}
		List<Change> changes = new ArrayList<>(this.noted);
		int next = this.length;
		for (byte[] entry : change.entries()) {
			changes.add(new Change.EntryAppended(this.run, next++, entry));
		}
		changes.add((change.after() != null) ? new Change.RunChanged(before, change.after()) : removed(before));
		changes.addAll(change.changes());
		Commit commit = submit.apply(changes);
		this.noted = new ArrayList<>(4);
		this.length = next;
		this.row = change.after();
		this.lastCommit = commit;
		return commit;
	}

	private Change removed(@Nullable RunRow row) {
		if (row == null) {
			throw new IllegalStateException("There is no run to remove");
		}
		return new Change.RunRemoved(row, this.length);
	}

	/**
	 * Commits changes that concern the run, but neither its row nor its journal.
	 */
	public Commit commit(List<Change> changes) {
		return commit(changes, this.partition::submit);
	}

	/**
	 * As {@link #commit(List)}, on behalf of a client.
	 * @throws io.kraft.client.OverloadedException if the queue stays full; nothing is
	 * written
	 */
	public Commit commitOrRefuse(List<Change> changes) {
		return commit(changes, this.partition::submitOrRefuse);
	}

	/**
	 * As {@link #commit(List)}.
	 * @param submit submits changes of which those are a part, or the whole
	 */
	public Commit commit(List<Change> changes, Function<List<Change>, Commit> submit) {
		checkLocked();
		List<Change> all = new ArrayList<>(this.noted);
		all.addAll(changes);
		Commit commit = submit.apply(all);
		this.noted = new ArrayList<>(4);
		this.lastCommit = commit;
		return commit;
	}

	/**
	 * Another run's commit concerns this one, too: a message to it.
	 */
	public void join(Commit commit) {
		checkLocked();
		this.lastCommit = commit;
	}

	/**
	 * Takes the run from its writer here, if it has one: what that appends from now on is
	 * refused.
	 */
	public void takeOver() {
		checkLocked();
		Writer former = this.writer;
		this.writer = null;
		if (former != null) {
			former.takenOver();
		}
	}

	/**
	 * Forgets all that is not durable, because a change was refused: what the store holds
	 * is the truth again.
	 */
	public void discard() {
		takeOver();
		this.noted = new ArrayList<>(4);
		Commit last = this.lastCommit;
		if (last != null) {
			last.awaitOver();
		}
		this.lastCommit = null;
		this.read = false;
		this.length = UNKNOWN;
	}

	/**
	 * Sets the writer of the run's journal, whose length is known.
	 */
	public void attach(Writer writer) {
		checkLocked();
		if (this.writer != null || this.length == UNKNOWN) {
			throw new IllegalStateException("The journal of run number " + this.run + " has a writer, or no length");
		}
		this.writer = writer;
	}

	/**
	 * The writer stops writing.
	 */
	@SuppressWarnings("ReferenceEquality") // This very writer.
	public void detach(Writer writer) {
		checkLocked();
		if (this.writer == writer) {
			handOver();
			this.writer = null;
		}
	}

	/**
	 * How many entries the journal has, those that were noted included.
	 */
	public int length() {
		return this.length;
	}

	/**
	 * Notes an entry for the run's next commit.
	 * @return where it stands in the journal
	 */
	public int note(byte[] entry) {
		checkLocked();
		this.noted.add(new Change.EntryAppended(this.run, this.length, entry));
		return this.length++;
	}

	/**
	 * Notes changes for the run's next commit.
	 */
	public void note(Change... changes) {
		checkLocked();
		Collections.addAll(this.noted, changes);
	}

	/**
	 * Notes the run's row for its next commit.
	 * @throws IllegalTransitionException if the table does not have the transition
	 */
	public void note(Transition transition, RunRow after) {
		RunRow before = row();
		checkAllowed(transition, before, after);
		this.noted.add(new Change.RunChanged(before, after));
		this.row = after;
	}

	/**
	 * Notes that the run begins a fresh journal.
	 */
	public void noteCleared() {
		checkLocked();
		this.noted.add(new Change.JournalCleared(this.run, this.length));
		this.length = 0;
	}

	/**
	 * Submits what was noted. @return the last commit; null if none was submitted here
	 */
	public @Nullable Commit handOver() {
		checkLocked();
		if (!this.noted.isEmpty()) {
			List<Change> changes = this.noted;
			this.noted = new ArrayList<>(4);
			this.lastCommit = this.partition.submit(changes);
		}
		return this.lastCommit;
	}

	private void checkAllowed(Transition transition, @Nullable RunRow before, @Nullable RunRow after) {
		if (!transition.allows((before != null) ? before.state() : null, (after != null) ? after.state() : null)
				|| (after != null && after.revision() != ((before != null) ? before.revision() + 1 : 0))) {
			throw new IllegalTransitionException(this.run, transition, before, after);
		}
	}

	private void checkLocked() {
		if (!this.lock.isHeldByCurrentThread()) {
			throw new IllegalStateException("Run number " + this.run + " is not locked by this thread");
		}
	}

	/**
	 * Who executes a run here, and writes its journal.
	 */
	public interface Writer {

		/**
		 * Stops writing: another thread has decided about the run. Called under the
		 * record's lock; must not block.
		 */
		void takenOver();

	}

}
