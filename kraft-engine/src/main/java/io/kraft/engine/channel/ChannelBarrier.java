package io.kraft.engine.channel;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Where the partitions of a node learn of each other: what one takes from another, and
 * what it reads of it. While the barrier is held they do not, so that copies of their
 * stores, which are made one after another, contain nothing whose cause is missing in
 * another one. All else continues. Thread-safe; a barrier that is not held costs a lock.
 * <p>
 * Of each channel: a receiver takes nothing while the barrier is held, so its copy has
 * taken just what it had before, which the sender's copy has given; and the sender
 * removes only what was taken before, so what the receiver's copy has not taken is in the
 * sender's.
 */
public final class ChannelBarrier {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	/** Completes when it is no longer held; null while it is not. */
	private @Nullable CompletableFuture<Void> held;

	private int passing;

	private boolean ended;

	/**
	 * Does something that crosses the barrier, as soon as it is not held. Must not be
	 * nested.
	 */
	public <T> T cross(Supplier<T> crossing) {
		enter();
		try {
			return crossing.get();
		}
		finally {
			leave();
		}
	}

	private void enter() {
		this.lock.lock();
		try {
			while (this.held != null) {
				this.changed.awaitUninterruptibly();
			}
			this.passing++;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void leave() {
		this.lock.lock();
		try {
			this.passing--;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What becomes known behind the barrier, as soon as that is not held. One that is
	 * given up is cancelled.
	 */
	public <T> CompletableFuture<T> crossed(CompletableFuture<T> news) {
		CompletableFuture<T> crossed = new CompletableFuture<>();
		var unusedCancel = crossed.whenComplete((value, failure) -> {
			if (crossed.isCancelled()) {
				news.cancel(false);
			}
		});
		var unusedArrival = news.whenComplete((value, failure) -> {
			var unusedOpening = whenOpen().thenRun(() -> {
				if (failure != null) {
					crossed.completeExceptionally(failure);
				}
				else {
					crossed.complete(value);
				}
			});
		});
		return crossed;
	}

	private CompletableFuture<Void> whenOpen() {
		this.lock.lock();
		try {
			return (this.held != null) ? this.held : CompletableFuture.completedFuture(null);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets nothing cross from now on, and waits for what is crossing.
	 * @param patience for what is crossing
	 * @return false if it is held by another caller, or not empty in time, or the node
	 * stops; it is not held then
	 * @throws InterruptedException likewise
	 */
	public boolean hold(Duration patience) throws InterruptedException {
		long nanos = patience.toNanos();
		this.lock.lock();
		try {
			if (this.held != null || this.ended) {
				return false;
			}
			this.held = new CompletableFuture<>();
			try {
				while (this.passing > 0 && this.held != null && nanos > 0) {
					nanos = this.changed.awaitNanos(nanos);
				}
			}
			catch (InterruptedException ex) {
				release();
				throw ex;
			}
			if (this.held != null && this.passing > 0) {
				release();
			}
			return this.held != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets cross what has waited.
	 * @return whether it was held until now
	 */
	public boolean release() {
		CompletableFuture<Void> released;
		this.lock.lock();
		try {
			released = this.held;
			this.held = null;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (released != null) {
			released.complete(null);
		}
		return released != null;
	}

	/**
	 * The node stops: it is released, and never held again.
	 */
	public void end() {
		this.lock.lock();
		try {
			this.ended = true;
		}
		finally {
			this.lock.unlock();
		}
		release();
	}

}
