package io.kraft.engine.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes a partition's store.
 * <p>
 * It takes everything that is queued, writes it as one atomic batch with one fsync, and
 * completes the commits. There is no timer and no linger: the next batch forms while the
 * disk is busy, so that one caller waits for one fsync and a thousand callers share one.
 * <p>
 * After a failed write nothing more is written: what reached the disk is unknown, and
 * after a failed fsync the kernel may have dropped the pages. Everything queued and
 * everything that comes later fails; the next start decides by what the disk holds. It is
 * a platform thread, because a blocking write would pin the carrier of a virtual one.
 */
final class Committer implements Runnable {

	private static final int MAX_BATCH_BYTES = 1024 * 1024;

	private static final long IDLE = Long.MIN_VALUE;

	private static final Logger logger = LoggerFactory.getLogger(Committer.class);

	private final Store store;

	private final long epoch;

	private final CommitQueue queue;

	private final CommitListener listener;

	private final Consumer<KraftException> failureListener;

	private volatile long writingSince = IDLE;

	private volatile @Nullable KraftException stopCause;

	Committer(Store store, long epoch, CommitQueue queue, CommitListener listener,
			Consumer<KraftException> failureListener) {
		this.store = store;
		this.epoch = epoch;
		this.queue = queue;
		this.listener = listener;
		this.failureListener = failureListener;
	}

	/**
	 * Why nothing is written any more; null while it is.
	 */
	@Nullable KraftException stopCause() {
		return this.stopCause;
	}

	/**
	 * For how many nanoseconds the batch under way is being written; 0 if none is.
	 */
	long lagNanos() {
		long since = this.writingSince;
		return (since != IDLE) ? Math.max(0, System.nanoTime() - since) : 0;
	}

	/**
	 * Writes nothing more: the batch under way is the last one.
	 */
	void abandon() {
		if (this.stopCause != null) {
			return;
		}
		this.stopCause = new EngineStoppedException(
				"the engine was stopped at once. What was not acknowledged is lost");
	}

	@Override
	public void run() {
		while (true) {
			List<Commit> batch = this.queue.take(MAX_BATCH_BYTES);
			if (batch.isEmpty()) {
				return;
			}
			KraftException stopped = this.stopCause;
			KraftException failure = (stopped != null) ? stopped : write(batch);
			complete(batch, failure);
			if (stopped == null && failure != null) {
				this.failureListener.accept(failure);
			}
		}
	}

	private @Nullable KraftException write(List<Commit> batch) {
		List<Change> changes;
		long nanos;
		try {
			changes = changes(batch);
			long begin = System.nanoTime();
			this.writingSince = begin;
			this.store.commit(this.epoch, changes);
			nanos = System.nanoTime() - begin;
		}
		catch (Throwable ex) {
			KraftException failure = (ex instanceof KraftException kraft) ? kraft
					: new StorageException(StorageException.WRITE_FAILED,
							"a commit failed unexpectedly: " + ex + ". See docs/errors.md#kraft-4001", ex);
			if (!(failure instanceof EngineStoppedException)) {
				// A store that says so was cut off on purpose.
				logger.error("The engine stops taking work, because a commit failed: {}", failure.getMessage(),
						failure);
			}
			this.stopCause = failure;
			return failure;
		}
		finally {
			this.writingSince = IDLE;
		}
		tell(new CommitListener.Batch(changes, batch.size(), sizeBytes(batch), nanos));
		return null;
	}

	/** Whatever becomes of that: what is durable has not failed. */
	private void tell(CommitListener.Batch batch) {
		try {
			this.listener.committed(batch);
		}
		catch (Throwable ex) {
			logger.error("Nobody was told of a commit that is durable", ex);
		}
	}

	private static int sizeBytes(List<Commit> batch) {
		int bytes = 0;
		for (Commit commit : batch) {
			bytes += commit.sizeBytes();
		}
		return bytes;
	}

	private static List<Change> changes(List<Commit> batch) {
		if (batch.size() == 1) {
			return batch.get(0).changes();
		}
		List<Change> changes = new ArrayList<>(2 * batch.size());
		for (Commit commit : batch) {
			changes.addAll(commit.changes());
		}
		return changes;
	}

	private static void complete(List<Commit> batch, @Nullable KraftException failure) {
		for (Commit commit : batch) {
			if (failure == null) {
				commit.succeed();
			}
			else {
				commit.fail(failure);
			}
		}
	}

}
