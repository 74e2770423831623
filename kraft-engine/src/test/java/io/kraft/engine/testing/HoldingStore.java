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

	private final CountDownLatch reached = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	/**
	 * Holds up the first commit with such a change, and those behind it.
	 */
	public HoldingStore(Store store, Predicate<Change> held) {
		super(store);
		this.held = held;
	}

	/**
	 * Waits until the commit is held up.
	 */
	public void awaitReached() throws InterruptedException {
		this.reached.await();
	}

	public void release() {
		this.released.countDown();
	}

	@Override
	public void commit(long epoch, List<Change> changes) {
		if (this.reached.getCount() > 0 && changes.stream().anyMatch(this.held)) {
			this.reached.countDown();
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				throw new StorageException(StorageException.WRITE_FAILED, "interrupted", ex);
			}
		}
		super.commit(epoch, changes);
	}

}
