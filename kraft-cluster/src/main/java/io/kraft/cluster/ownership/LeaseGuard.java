package io.kraft.cluster.ownership;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.kraft.cluster.replication.ReplicatedLog;
import io.kraft.engine.partition.Lease;
import org.jspecify.annotations.Nullable;

/**
 * The lease of an ownership: it is certain for a moment after the log has confirmed that
 * this node leads, counted from the request. Looks in that moment cost a comparison, and
 * those after it share one request.
 * <p>
 * The moment and the lease of the log together are shorter than the least time after
 * which another node can lead: 100 ms and 0.7 of it. Thread-safe.
 */
final class LeaseGuard implements Lease {

	private static final long HOLD_NANOS = Duration.ofMillis(100).toNanos();

	/** How long an answer is waited for: longer, and another node leads anyway. */
	private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

	private final ReplicatedLog log;

	private final long term;

	private final LongSupplier nanoTime;

	private final Runnable lost;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Request pending;

	/** Of the last success; null if there is none, or it is in doubt. */
	private volatile @Nullable Long confirmedAt;

	private volatile boolean ended;

	/**
	 * A lease that is not confirmed yet.
	 * @param term in which this node leads
	 * @param lost called when the log does not confirm it, on the thread that has asked
	 */
	LeaseGuard(ReplicatedLog log, long term, LongSupplier nanoTime, Runnable lost) {
		this.log = log;
		this.term = term;
		this.nanoTime = nanoTime;
		this.lost = lost;
	}

	@Override
	public boolean isHeld() {
		long begin = this.nanoTime.getAsLong();
		while (!this.ended) {
			if (isConfirmed()) {
				return !this.ended;
			}
			long left = PATIENCE_NANOS - (this.nanoTime.getAsLong() - begin);
			if (left <= 0) {
				return false;
			}
			if (!confirm(left)) {
				this.lost.run();
				return false;
			}
		}
		return false;
	}

	private boolean isConfirmed() {
		Long at = this.confirmedAt;
		return at != null && this.nanoTime.getAsLong() - at < HOLD_NANOS;
	}

	private boolean confirm(long patience) {
		Request request = request();
		try {
			if (!request.answer().get(patience, TimeUnit.NANOSECONDS)) {
				return false;
			}
			this.confirmedAt = request.at();
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (ExecutionException | TimeoutException ex) {
			return false;
		}
		finally {
			this.lock.lock();
			try {
				if (request.equals(this.pending)) {
					this.pending = null;
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private Request request() {
		this.lock.lock();
		try {
			Request present = this.pending;
			if (present == null) {
				// The time first: what is certain was so when the request was made.
				long at = this.nanoTime.getAsLong();
				present = new Request(at, this.log.confirm(this.term).toCompletableFuture());
				this.pending = present;
			}
			return present;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What was confirmed counts no more: the next look asks again. */
	void doubt() {
		this.confirmedAt = null;
	}

	/** It is over, and never held again. */
	void end() {
		this.ended = true;
	}

	private record Request(long at, CompletableFuture<Boolean> answer) {
	}

}
