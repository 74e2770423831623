package io.kraft.engine.partition;

import java.util.List;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.function.Supplier;

import io.kraft.engine.store.Change;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Changes on their way to the disk: all become durable, or none. Any number of threads
 * may wait for it.
 */
public final class Commit {

	private final Supplier<List<Change>> changes;

	private final int sizeBytes;

	/** Used by the committer only. */
	private @Nullable List<Change> decided;

	private final Completion completion = new Completion();

	private volatile @Nullable KraftException failure;

	/** Set before the committer knows of it. */
	private WorkInFlight work = WorkInFlight.UNCOUNTED;

	Commit(List<Change> changes) {
		this(() -> changes, sizeBytes(changes));
	}

	Commit(Supplier<List<Change>> changes, int sizeBytes) {
		this.changes = changes;
		this.sizeBytes = sizeBytes;
	}

	private static int sizeBytes(List<Change> changes) {
		int size = 0;
		for (Change change : changes) {
			size += change.sizeBytes();
		}
		return size;
	}

	/**
	 * What is to be written. Called when its turn has come, and decided then; it is the
	 * same when it is written again, because another commit of its batch was refused.
	 */
	List<Change> changes() {
		List<Change> decided = this.decided;
		if (decided == null) {
			decided = this.changes.get();
			this.decided = decided;
		}
		return decided;
	}

	int sizeBytes() {
		return this.sizeBytes;
	}

	/**
	 * Whether it is decided whether the changes are durable.
	 */
	public boolean isOver() {
		return this.completion.isOver();
	}

	/**
	 * Whether the changes are durable.
	 */
	public boolean isDurable() {
		return this.completion.isOver() && this.failure == null;
	}

	/**
	 * Waits until the changes are durable. Not interruptible: a caller that continues
	 * before the disk has answered would act on what may never have happened.
	 * @throws KraftException if they are not: the partition has failed, has another
	 * owner, or is closed
	 */
	public void await() {
		awaitOver();
		KraftException failure = this.failure;
		if (failure != null) {
			throw failure;
		}
	}

	/**
	 * Waits until it is decided whether the changes are durable. Not interruptible.
	 */
	public void awaitOver() {
		this.completion.acquireShared(1);
	}

	/**
	 * It is in flight from now on, until it has been decided.
	 */
	void trackedBy(WorkInFlight work) {
		work.begin();
		this.work = work;
	}

	void succeed() {
		this.completion.releaseShared(1);
		this.work.end();
	}

	/**
	 * Has no effect on one that is durable or has failed.
	 */
	void fail(KraftException failure) {
		if (!this.completion.isOver()) {
			this.failure = failure;
			this.completion.releaseShared(1);
			this.work.end();
		}
	}

	/**
	 * A latch of one object: commits are made for every step.
	 */
	private static final class Completion extends AbstractQueuedSynchronizer {

		private static final long serialVersionUID = 1L;

		boolean isOver() {
			return getState() == 1;
		}

		@Override
		protected int tryAcquireShared(int ignored) {
			return isOver() ? 1 : -1;
		}

		@Override
		protected boolean tryReleaseShared(int ignored) {
			setState(1);
			return true;
		}

	}

}
