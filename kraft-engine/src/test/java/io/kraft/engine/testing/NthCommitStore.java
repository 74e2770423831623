package io.kraft.engine.testing;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * A store that holds up one commit, the n-th of a kind since it was armed, before or
 * after it is applied, and reports what was applied. Those behind it wait for it, as for
 * a slow disk.
 */
public final class NthCommitStore extends ForwardingStore {

	private final Consumer<List<Change>> applied;

	private final AtomicReference<@Nullable Hold> hold = new AtomicReference<>();

	/**
	 * A store that holds nothing up yet.
	 * @param applied is called with what was applied, before the commit returns
	 */
	public NthCommitStore(Store store, Consumer<List<Change>> applied) {
		super(store);
		this.applied = applied;
	}

	/**
	 * Holds up a commit that is still to come.
	 * @param number 1 for the first one with such a change
	 * @param applied whether what is held up can be read already
	 */
	public Hold hold(Predicate<Change> held, int number, boolean applied) {
		Hold hold = new Hold(held, number, applied);
		this.hold.set(hold);
		return hold;
	}

	@Override
	public void commit(long epoch, List<Change> changes) {
		Hold hold = this.hold.get();
		if (hold == null || !hold.isDue(changes)) {
			apply(epoch, changes);
			return;
		}
		if (hold.applied) {
			apply(epoch, changes);
		}
		hold.await();
		if (!hold.applied) {
			apply(epoch, changes);
		}
	}

	private void apply(long epoch, List<Change> changes) {
		super.commit(epoch, changes);
		this.applied.accept(changes);
	}

	/**
	 * A commit that is held up until it is released.
	 */
	public static final class Hold {

		private final Predicate<Change> held;

		private final boolean applied;

		private final CountDownLatch reached = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		/** Used by the committer only. */
		private int left;

		private Hold(Predicate<Change> held, int number, boolean applied) {
			this.held = held;
			this.left = number;
			this.applied = applied;
		}

		private boolean isDue(List<Change> changes) {
			return this.left > 0 && this.released.getCount() > 0 && changes.stream().anyMatch(this.held)
					&& --this.left == 0;
		}

		private void await() {
			this.reached.countDown();
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				throw new StorageException(StorageException.WRITE_FAILED, "interrupted", ex);
			}
		}

		/**
		 * Whether the commit is held up, or was.
		 */
		public boolean isReached() {
			return this.reached.getCount() == 0;
		}

		/**
		 * Lets the commit continue; one that is still to come is not held up any more.
		 */
		public void release() {
			this.released.countDown();
		}

	}

}
