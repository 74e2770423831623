package io.kraft.engine.partition;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.ChannelOrderException;
import io.kraft.engine.store.OversizedCommitException;
import io.kraft.engine.store.RefusedChangeException;
import io.kraft.engine.store.RepeatedRequestException;
import io.kraft.engine.store.StaleChangeException;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.supervision.SafeLog;
import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.supervision.VitalThread;
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
 * everything that comes later fails; the next start decides by what the disk holds. The
 * same happens when the thread itself ends unexpectedly: the cause of the stop exists
 * beforehand, and nothing that follows needs memory. It is a platform thread, because a
 * blocking write would pin the carrier of a virtual one.
 */
final class Committer implements Runnable {

	private static final int MAX_BATCH_BYTES = 1024 * 1024;

	private static final long IDLE = Long.MIN_VALUE;

	private static final Logger logger = LoggerFactory.getLogger(Committer.class);

	private final Store store;

	private final long epoch;

	private final CommitQueue queue;

	private final CommitListener listener;

	private final Supervision supervision;

	private final KraftException abandoned = new EngineStoppedException(
			"the engine was stopped immediately. What was not acknowledged is lost");

	/** Both are made before memory is short. */
	private final Runnable lastBatch = this::completeLastBatch;

	private final Runnable rest = this::failRest;

	/** Used by the thread only. */
	private final List<Commit> batch = new ArrayList<>();

	/** Of all that is in the batch. */
	private boolean durable;

	private volatile long writingSince = IDLE;

	private volatile Consumer<RefusedRun> refused = (refusal) -> {
	};

	private volatile @Nullable KraftException stopCause;

	private volatile boolean over;

	Committer(Store store, long epoch, CommitQueue queue, CommitListener listener, Supervision supervision) {
		this.store = store;
		this.epoch = epoch;
		this.queue = queue;
		this.listener = listener;
		this.supervision = supervision;
	}

	/**
	 * Sets the listener that is notified of a commit that was refused; it must not block.
	 */
	void whenRefused(Consumer<RefusedRun> action) {
		this.refused = action;
	}

	/**
	 * Why it has stopped writing; null while it writes.
	 */
	@Nullable KraftException stopCause() {
		return this.stopCause;
	}

	/**
	 * Whether it has read the queue for the last time.
	 */
	boolean isOver() {
		return this.over;
	}

	/**
	 * For how many nanoseconds the batch under way is being written; 0 if none is.
	 */
	long lagNanos() {
		long since = this.writingSince;
		return (since != IDLE) ? Math.max(0, System.nanoTime() - since) : 0;
	}

	/**
	 * Stops writing: the batch under way is the last one.
	 */
	void abandon() {
		stop(this.abandoned);
	}

	/**
	 * As {@link #abandon()}, because of a failure. The first cause counts.
	 */
	void stop(KraftException cause) {
		if (this.stopCause == null) {
			this.stopCause = cause;
		}
	}

	@Override
	public void run() {
		try {
			boolean more = true;
			while (more) {
				more = writeNext();
			}
			this.over = true;
		}
		catch (Throwable ex) {
			end(ex);
		}
	}

	private boolean writeNext() {
		this.batch.clear();
		// Neither what was written before, nor a part of it, says anything about this.
		this.durable = false;
		this.queue.take(this.batch, MAX_BATCH_BYTES);
		if (this.batch.isEmpty()) {
			return false;
		}
		KraftException stopped = this.stopCause;
		KraftException failure = (stopped != null) ? stopped : writeBatch();
		if (stopped == null && failure != null) {
			this.supervision.fail(failure);
		}
		complete(failure);
		return true;
	}

	/**
	 * One commit that is refused does not concern those that share its batch: the batch
	 * is written in halves, and those again, until it is alone. So a few writes more are
	 * needed, not one for each commit.
	 */
	private @Nullable KraftException writeBatch() {
		try {
			return write();
		}
		catch (RefusedChangeException ex) {
			List<Commit> all = List.copyOf(this.batch);
			if (all.size() == 1) {
				refuse(all.getFirst(), ex);
				return null;
			}
			KraftException failure = writePart(all.subList(0, all.size() / 2), null);
			return writePart(all.subList(all.size() / 2, all.size()), failure);
		}
	}

	/** Completes it, too. */
	private @Nullable KraftException writePart(List<Commit> part, @Nullable KraftException earlier) {
		this.batch.clear();
		this.batch.addAll(part);
		KraftException failure = (earlier != null) ? earlier : writeBatch();
		complete(failure);
		this.batch.clear();
		return failure;
	}

	private void refuse(Commit commit, RefusedChangeException refusal) {
		commit.fail(refusal);
		this.batch.clear();
		switch (refusal) {
			case StaleChangeException stale -> {
				SafeLog.error(logger, "A commit was refused; its run will be paused", stale);
				this.refused.accept(new RefusedRun(stale.run(), stale));
			}
			case ChannelOrderException order ->
				SafeLog.error(logger, "A commit was refused; a channel between partitions will be stopped", order);
			case OversizedCommitException oversized -> {
				SafeLog.error(logger, "A commit was refused; the runs that it changes will be paused", oversized);
				runs(commit).forEach((run) -> this.refused.accept(new RefusedRun(run, oversized)));
			}
			case RepeatedRequestException repeated -> {
				// The caller gets the answer of the first attempt.
			}
		}
	}

	/** Those whose code or state continues from what was refused. */
	private static Set<Long> runs(Commit commit) {
		Set<Long> runs = new LinkedHashSet<>();
		for (Change change : commit.changes()) {
			switch (change) {
				case Change.EntryAppended entry -> runs.add(entry.run());
				case Change.RunChanged changed when changed.before() != null -> runs.add(changed.after().number());
				default -> {
					// What is no part of a run's journal and state.
				}
			}
		}
		return runs;
	}

	/** Threads that submit from here on see the cause, or that this is over. */
	private void end(Throwable unexpected) {
		KraftException cause = this.stopCause;
		if (cause == null) {
			cause = this.supervision.prepare(VitalThread.COMMITTER, unexpected);
			this.stopCause = cause;
		}
		this.over = true;
		this.supervision.fail(cause);
		// What is hard to do without memory is left to threads that have some.
		Supervision.untilDone(this.lastBatch);
		Supervision.untilDone(this.rest);
	}

	private void completeLastBatch() {
		complete(this.durable ? null : this.stopCause);
	}

	private void failRest() {
		KraftException cause = this.stopCause;
		this.queue.failAll(() -> Objects.requireNonNull(cause));
	}

	private @Nullable KraftException write() {
		List<Change> changes;
		long nanos;
		this.durable = false;
		try {
			changes = changes(this.batch);
			long begin = System.nanoTime();
			this.writingSince = begin;
			this.store.commit(this.epoch, changes);
			this.durable = true;
			nanos = System.nanoTime() - begin;
		}
		catch (RefusedChangeException ex) {
			throw ex;
		}
		catch (KraftException ex) {
			this.stopCause = ex;
			return ex;
		}
		catch (RuntimeException ex) {
			this.stopCause = unexpected(ex);
			return this.stopCause;
		}
		finally {
			this.writingSince = IDLE;
		}
		notifyListener(changes, nanos);
		return null;
	}

	private KraftException unexpected(RuntimeException failure) {
		try {
			return new StorageException(StorageException.WRITE_FAILED,
					"a commit failed unexpectedly: " + failure + ". See docs/reference/errors.md#kraft-4001", failure);
		}
		catch (Throwable ex) {
			return this.supervision.prepare(VitalThread.COMMITTER, failure);
		}
	}

	/** Whatever the listener throws: what is durable has not failed. */
	private void notifyListener(List<Change> changes, long nanos) {
		try {
			this.listener.committed(new CommitListener.Batch(changes, this.batch.size(), sizeBytes(this.batch), nanos));
		}
		catch (Throwable ex) {
			SafeLog.error(logger, "The listener was not notified of a durable commit", ex);
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

	private void complete(@Nullable KraftException failure) {
		for (int i = 0; i < this.batch.size(); i++) {
			if (failure == null) {
				this.batch.get(i).succeed();
			}
			else {
				this.batch.get(i).fail(failure);
			}
		}
	}

}
