package io.kraft.cluster.replication.ratis;

import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;

/**
 * Reports that it is closed.
 */
final class ClosingStore extends ForwardingStore {

	private final Runnable closed;

	ClosingStore(Store store, Runnable closed) {
		super(store);
		this.closed = closed;
	}

	@Override
	public void close() {
		super.close();
		this.closed.run();
	}

}
