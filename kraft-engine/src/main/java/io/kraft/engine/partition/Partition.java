package io.kraft.engine.partition;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.OverloadedException;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunSlice;
import io.kraft.engine.store.StaleEpochException;
import io.kraft.engine.store.Store;
import io.kraft.engine.supervision.EngineThreads;
import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.supervision.VitalThread;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A set of runs with one owner and one order of commits. Thread-safe.
 */
public final class Partition {

	/** Of all partitions together; in a small heap an eighth of it. */
	private static final long QUEUES_BYTES = 64L * 1024 * 1024;

	private static final int QUEUES_OF_HEAP = 8;

	/** How long a client waits for room in the queue before it is refused. */
	private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(5);

	/** Bits of a message's sequence that count within an epoch. */
	private static final int MESSAGES_OF_AN_EPOCH = 40;

	private final int number;

	private final Store store;

	private final Lease lease;

	private final long epoch;

	private final Supervision supervision;

	private final WorkInFlight work;

	private final CommitQueue queue;

	private final Committer committer;

	private final Thread committerThread;

	private final ReentrantLock creationLock = new ReentrantLock();

	private long lastNumber;

	private Instant lastCreation = Instant.MIN;

	private final AtomicLong lastMessage;

	private volatile boolean closed;

	private Partition(int number, long queueBytes, Store store, Lease lease, long epoch, CommitListener listener,
			Supervision supervision, WorkInFlight work) {
		this.number = number;
		this.store = store;
		this.lease = lease;
		this.supervision = supervision;
		this.work = work;
		this.epoch = epoch;
		this.lastNumber = store.highestRun();
		Instant newest = newestCreation(store);
		Instant removed = store.lastRemovedCreation();
		this.lastCreation = removed.isAfter(newest) ? removed : newest;
		this.lastMessage = new AtomicLong(epoch << MESSAGES_OF_AN_EPOCH);
		this.queue = new CommitQueue(queueBytes, work);
		this.committer = new Committer(store, epoch, this.queue, listener, supervision);
		this.committerThread = supervision.thread(VitalThread.COMMITTER, this.committer);
	}

	/** Of those that are there: the one of the highest number may have been removed. */
	private static Instant newestCreation(Store store) {
		long before = Long.MAX_VALUE;
		while (before > 0) {
			RunSlice slice = store.runs(RunFilter.ALL, before, 1);
			if (!slice.rows().isEmpty()) {
				return slice.rows().getFirst().createdAt();
			}
			before = slice.nextBefore();
		}
		return Instant.MIN;
	}

	/**
	 * Takes the ownership of a store that is the only partition.
	 * @param store is closed by {@link #close()}, or here if this fails
	 * @param listener is notified of each batch that is durable
	 * @param failureListener is called once, on the committer's thread, when a commit has
	 * failed and the partition has stopped by itself; must not block
	 */
	public static Partition open(Store store, CommitListener listener, Consumer<KraftException> failureListener) {
		return open(0, 1, store, Lease.FOR_EVER, listener, new Supervision(EngineThreads.ofCaller(), failureListener),
				WorkInFlight.UNCOUNTED);
	}

	/**
	 * As {@link #open(Store, CommitListener, Consumer)}, of one partition of several.
	 * @param number of the partition, from 0 on
	 * @param partitions how many there are, which share the room for commits that wait
	 * @param lease of the ownership: nothing begins that has an effect after it
	 * @param supervision of the committer's thread
	 * @param work is notified of what is in flight here
	 */
	public static Partition open(int number, int partitions, Store store, Lease lease, CommitListener listener,
			Supervision supervision, WorkInFlight work) {
		try {
			long epoch = store.epoch() + 1;
			store.claim(epoch);
			Partition partition = new Partition(number, queueBytes(Runtime.getRuntime().maxMemory(), partitions), store,
					lease, epoch, listener, supervision, work);
			partition.committerThread.start();
			return partition;
		}
		catch (Throwable ex) {
			store.close();
			throw ex;
		}
	}

	/**
	 * A share for each: one whose disk hangs must not take the room of the others.
	 */
	static long queueBytes(long heapBytes, int partitions) {
		return Math.min(QUEUES_BYTES, heapBytes / QUEUES_OF_HEAP) / partitions;
	}

	/**
	 * Which one of the partitions it is, from 0 on.
	 */
	public int number() {
		return this.number;
	}

	/**
	 * What is durable. For reading only.
	 */
	public Store store() {
		return this.store;
	}

	/**
	 * Watches the threads that the engine needs, and makes its threads.
	 */
	public Supervision supervision() {
		return this.supervision;
	}

	/**
	 * Is notified of what is in flight here.
	 */
	public WorkInFlight work() {
		return this.work;
	}

	/**
	 * Sets the listener that is notified of each run of which a commit was refused,
	 * because it was decided on a state of its run that is out of date, or is too large:
	 * on the committer's thread, which it must not block. Nothing of that commit was
	 * written; others are not affected.
	 */
	public void whenRefused(Consumer<RefusedRun> action) {
		this.committer.whenRefused(action);
	}

	/**
	 * Number of this ownership.
	 */
	public long epoch() {
		return this.epoch;
	}

	/**
	 * How many commits wait to be written.
	 */
	public int queuedCommits() {
		return this.queue.length();
	}

	/**
	 * For how long the batch under way is being written; zero if none is.
	 */
	public Duration commitLag() {
		return Duration.ofNanos(this.committer.lagNanos());
	}

	/**
	 * A new run's number and time of creation, both rising together.
	 */
	public Creation nextCreation(Instant now) {
		this.creationLock.lock();
		try {
			this.lastCreation = now.isBefore(this.lastCreation) ? this.lastCreation : now;
			return new Creation(++this.lastNumber, this.lastCreation);
		}
		finally {
			this.creationLock.unlock();
		}
	}

	/**
	 * A message's sequence: higher than that of every earlier message, those of former
	 * owners included.
	 */
	public long nextMessage() {
		return this.lastMessage.incrementAndGet();
	}

	/**
	 * Submits changes of a run; waits while the queue is full. Commits become durable in
	 * the order in which they were submitted.
	 * @param changes no longer touched by the caller
	 */
	public Commit submit(List<Change> changes) {
		try {
			return submit(new Commit(changes));
		}
		catch (Throwable ex) {
			throw lost(ex);
		}
	}

	/**
	 * Submits a change that is decided when its turn has come, so that a waiting change
	 * can be replaced by a newer one.
	 * @param change called once, on the committer's thread; must not block
	 * @param sizeBytes about how large it will be
	 */
	public Commit submitLate(Supplier<Change> change, int sizeBytes) {
		try {
			return submit(new Commit(() -> List.of(change.get()), sizeBytes));
		}
		catch (Throwable ex) {
			throw lost(ex);
		}
	}

	/**
	 * Its caller continues as if it were in flight: a journal would have a gap.
	 */
	private Error lost(Throwable unexpected) {
		KraftException cause = this.supervision.prepare(VitalThread.COMMITTER, unexpected);
		this.committer.stop(cause);
		this.supervision.fail(cause);
		if (unexpected instanceof RuntimeException ex) {
			throw ex;
		}
		return (Error) unexpected;
	}

	private Commit submit(Commit commit) {
		if (!refuseIfStopped(commit)) {
			this.queue.put(commit);
			failIfLeftBehind();
		}
		return commit;
	}

	/**
	 * Submits changes on behalf of a client.
	 * @throws OverloadedException if the queue stays full
	 */
	public Commit submitOrRefuse(List<Change> changes) {
		try {
			Commit commit = new Commit(changes);
			if (!refuseIfStopped(commit)) {
				offer(commit);
				failIfLeftBehind();
			}
			return commit;
		}
		catch (KraftException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw lost(ex);
		}
	}

	private void offer(Commit commit) {
		String reason = "the commit queue stayed full for " + CLIENT_PATIENCE.toSeconds() + " s";
		try {
			if (this.queue.offer(commit, CLIENT_PATIENCE)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			reason = "the calling thread was interrupted while it waited for room in the commit queue";
		}
		throw new OverloadedException(reason + ", with " + this.queue.length()
				+ " commits waiting. Nothing was started: try again later. See docs/reference/errors.md#kraft-3005");
	}

	private boolean refuseIfStopped(Commit commit) {
		KraftException cause = stopCause();
		if (cause != null) {
			commit.fail(cause);
		}
		return cause != null;
	}

	/**
	 * A commit that was pushed after the committer had looked for the last time is failed
	 * by {@link #close()}, or, if that is over too, here.
	 */
	private void failIfLeftBehind() {
		if (this.committer.isOver()) {
			this.queue.failAll(this::whyOver);
		}
	}

	private KraftException whyOver() {
		KraftException cause = this.committer.stopCause();
		return (cause != null) ? cause : stopped();
	}

	private @Nullable KraftException stopCause() {
		KraftException cause = this.committer.stopCause();
		return (cause == null && this.closed) ? stopped() : cause;
	}

	private KraftException stopped() {
		return new EngineStoppedException("the engine has stopped. What was acknowledged is safe and continues after "
				+ "the next start. See docs/reference/errors.md#kraft-3007");
	}

	/**
	 * Whether it writes: false once it has stopped or failed, before what was submitted
	 * is notified of that.
	 */
	public boolean isWriting() {
		return stopCause() == null;
	}

	/**
	 * Checks that what is submitted can still become durable.
	 * @throws KraftException if the partition has stopped, or may have another owner
	 */
	public void checkTakesCommits() {
		KraftException cause = stopCause();
		if (cause != null) {
			throw cause;
		}
		if (!this.lease.isHeld()) {
			throw new StaleEpochException(this.number, this.epoch);
		}
	}

	/**
	 * Stops writing, even what is queued: what a crash would do.
	 */
	public void abandon() {
		this.committer.abandon();
	}

	/**
	 * Writes what is queued, unless abandoned, and closes the store.
	 */
	public void close() {
		this.closed = true;
		this.queue.close();
		boolean interrupted = false;
		while (this.committerThread.isAlive()) {
			try {
				this.committerThread.join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		this.queue.failAll(this::whyOver);
		this.store.close();
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What identifies the creation of a run.
	 *
	 * @param number rises in the order of starts
	 * @param at never falls with rising number
	 */
	public record Creation(long number, Instant at) {
	}

}
