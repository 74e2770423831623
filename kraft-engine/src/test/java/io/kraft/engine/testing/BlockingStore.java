package io.kraft.engine.testing;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.StorageException;

/**
 * A store on a disk that hangs until it is released.
 */
public final class BlockingStore extends ForwardingStore {

	private final CountDownLatch released = new CountDownLatch(1);

	public BlockingStore(Store store) {
		super(store);
	}

	public void release() {
		this.released.countDown();
	}

	@Override
	public void commit(long epoch, List<Change> changes) {
		try {
			this.released.await();
		}
		catch (InterruptedException ex) {
			throw new StorageException(StorageException.WRITE_FAILED, "interrupted", ex);
		}
		super.commit(epoch, changes);
	}

}
