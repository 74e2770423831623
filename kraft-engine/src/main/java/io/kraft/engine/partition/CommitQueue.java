package io.kraft.engine.partition;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Commits that wait for the committer: many producers, one consumer, bounded by the bytes
 * that they hold.
 * <p>
 * Producers never meet on a lock: a commit is pushed onto a concurrent queue, and the
 * consumer is unparked only if it has announced that it sleeps. It announces first and
 * looks again afterwards, so that no commit is left behind. Room is counted by a
 * semaphore in units of a kilobyte; it is given back when a batch leaves the queue.
 */
final class CommitQueue {

	private static final int UNIT_BYTES = 1024;

	private final Queue<Commit> commits = new ConcurrentLinkedQueue<>();

	private final AtomicInteger length = new AtomicInteger();

	private final WorkInFlight work;

	private final int capacity;

	private final Semaphore room;

	private volatile @Nullable Thread sleepingConsumer;

	private volatile boolean closed;

	/**
	 * @param capacityBytes about how many bytes of changes may wait
	 * @param work what is taken in is in flight until it has been decided
	 */
	CommitQueue(long capacityBytes, WorkInFlight work) {
		this.work = work;
		this.capacity = (int) Math.max(1, Math.min(Integer.MAX_VALUE, capacityBytes / UNIT_BYTES));
		this.room = new Semaphore(this.capacity);
	}

	int length() {
		return this.length.get();
	}

	/**
	 * Adds a commit; waits for room.
	 */
	void put(Commit commit) {
		this.room.acquireUninterruptibly(units(commit));
		push(commit);
	}

	/**
	 * Adds a commit if there is room within the given time.
	 */
	boolean offer(Commit commit, Duration patience) throws InterruptedException {
		int units = units(commit);
		if (!this.room.tryAcquire(units) && !this.room.tryAcquire(units, patience.toNanos(), TimeUnit.NANOSECONDS)) {
			return false;
		}
		push(commit);
		return true;
	}

	private void push(Commit commit) {
		commit.trackedBy(this.work);
		this.length.incrementAndGet();
		this.commits.add(commit);
		Thread consumer = this.sleepingConsumer;
		if (consumer != null) {
			LockSupport.unpark(consumer);
		}
	}

	/**
	 * Takes what there is, up to a number of bytes; waits while there is nothing. For the
	 * one consumer.
	 * @param batch what is taken, in order of its arrival; each commit is in it before it
	 * leaves the queue, so that none is lost if this throws. Stays empty only when closed
	 * and drained
	 */
	void take(List<Commit> batch, int maxBytes) {
		Commit next = awaitNext();
		int bytes = 0;
		while (next != null) {
			batch.add(next);
			remove();
			bytes += next.sizeBytes();
			next = (bytes < maxBytes && !this.work.wantsCommitsApart()) ? this.commits.peek() : null;
		}
	}

	private @Nullable Commit remove() {
		Commit removed = this.commits.poll();
		if (removed != null) {
			this.length.decrementAndGet();
			this.room.release(units(removed));
		}
		return removed;
	}

	private @Nullable Commit awaitNext() {
		Commit next = this.commits.peek();
		while (next == null) {
			this.sleepingConsumer = Thread.currentThread();
			// Read before the queue: what was put in before the close is seen then.
			boolean closed = this.closed;
			next = this.commits.peek();
			if (next == null) {
				if (closed) {
					return null;
				}
				LockSupport.park(this);
			}
			this.sleepingConsumer = null;
		}
		return next;
	}

	/**
	 * Lets the consumer end when it has taken what is there.
	 */
	void close() {
		this.closed = true;
		Thread consumer = this.sleepingConsumer;
		if (consumer != null) {
			LockSupport.unpark(consumer);
		}
	}

	/**
	 * Fails what is left when the consumer has ended, and the commits of threads that
	 * wait for room.
	 */
	void failAll(Supplier<KraftException> cause) {
		Commit left = remove();
		while (left != null) {
			left.fail(cause.get());
			left = remove();
		}
	}

	private int units(Commit commit) {
		return Math.min(this.capacity, 1 + commit.sizeBytes() / UNIT_BYTES);
	}

}
