package io.kraft.engine.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;

/**
 * A store that fails at a chosen commit, just before it is applied or just after: to the
 * engine above, the process has died there.
 */
public final class FaultyStore extends ForwardingStore {

	private final AtomicInteger commits = new AtomicInteger();

	private final List<Change> changes = new CopyOnWriteArrayList<>();

	private final int failingCommit;

	private final boolean applied;

	private FaultyStore(Store store, int failingCommit, boolean applied) {
		super(store);
		this.failingCommit = failingCommit;
		this.applied = applied;
	}

	/**
	 * A store that only counts its commits.
	 */
	public static FaultyStore counting(Store store) {
		return new FaultyStore(store, Integer.MAX_VALUE, false);
	}

	/**
	 * A store that fails.
	 * @param commit from 1
	 * @param applied whether the failing commit is applied before it fails
	 */
	public static FaultyStore failingAt(Store store, int commit, boolean applied) {
		return new FaultyStore(store, commit, applied);
	}

	public int commits() {
		return this.commits.get();
	}

	/**
	 * What was applied.
	 */
	public List<Change> changes() {
		return this.changes;
	}

	public boolean hasFailed() {
		return this.commits.get() >= this.failingCommit;
	}

	@Override
	public void commit(long epoch, List<Change> changes) {
		int number = this.commits.incrementAndGet();
		if (number < this.failingCommit || (number == this.failingCommit && this.applied)) {
			super.commit(epoch, changes);
			this.changes.addAll(changes);
		}
		if (number >= this.failingCommit) {
			throw new StorageException(StorageException.WRITE_FAILED, "the test pulled the plug at commit " + number,
					null);
		}
	}

}
