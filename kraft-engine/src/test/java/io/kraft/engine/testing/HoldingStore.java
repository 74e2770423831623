package io.kraft.engine.testing;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;

/**
 * A store that holds up the first commit of a kind, so that a test can do something while
 * the engine waits for it.
 */
public final class HoldingStore extends ForwardingStore {

	private final Predicate<Change> held;

	private final boolean applied;

	private final CountDownLatch reached = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	/**
	 * Holds up the first commit with such a change, and those behind it.
	 */
	public HoldingStore(Store store, Predicate<Change> held) {
		this(store, held, false);
	}

	/**
	 * Holds up the first commit with such a change, and those behind it.
	 * @param applied whether what is held up can be read already
	 */
	public HoldingStore(Store store, Predicate<Change> held, boolean applied) {
		super(store);
		this.held = held;
		this.applied = applied;
	}

	/**
	 * Waits until the commit is held up.
	 */
	public void awaitReached() throws InterruptedException {
		this.reached.await();
	}

	/**
	 * Whether a commit was held up.
	 */
	public boolean isReached() {
		return this.reached.getCount() == 0;
	}

	public void release() {
		this.released.countDown();
	}

	@Override
	public void commit(long epoch, List<Change> changes) {
		boolean isHeld = this.reached.getCount() > 0 && changes.stream().anyMatch(this.held);
		if (isHeld && this.applied) {
			super.commit(epoch, changes);
		}
		if (isHeld) {
			this.reached.countDown();
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				throw new StorageException(StorageException.WRITE_FAILED, "interrupted", ex);
			}
		}
		if (!isHeld || !this.applied) {
			super.commit(epoch, changes);
		}
	}

}
