package io.kraft.engine.store.memory;

import io.kraft.engine.store.Store;
import io.kraft.engine.store.StoreIdentity;
import io.kraft.engine.store.kv.KvStore;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory: holds what stores wrote to it, and can crash as one does. Thread-safe
 * except where noted.
 */
public final class MemoryMedium {

	private final MemoryContents contents = new MemoryContents();

	private @Nullable MemoryKeys opened;

	/**
	 * A store of what the medium holds, whose commits are durable when they return.
	 */
	public Store open() {
		return open(true);
	}

	/**
	 * As {@link #open()}, the store of one of several partitions.
	 * @throws io.kraft.engine.store.StorageException also if the medium holds that of
	 * another one
	 */
	public Store open(StoreIdentity identity) {
		return open(true, identity);
	}

	/**
	 * A store of what the medium holds.
	 * @param sync whether commits are durable when they return; if not, a crash drops all
	 * that was committed since the last claim
	 * @throws io.kraft.engine.store.StorageException if a store of it is open already
	 */
	public Store open(boolean sync) {
		return open(sync, StoreIdentity.SOLE);
	}

	private synchronized Store open(boolean sync, StoreIdentity identity) {
		if (this.opened != null && this.opened.isOpen()) {
			throw MemoryKeys.locked();
		}
		MemoryKeys keys = new MemoryKeys(this.contents);
		this.opened = keys;
		return KvStore.open(keys, sync, identity);
	}

	/**
	 * Ends as a power failure would: drops what is not durable, and makes the open store
	 * fail in every later call. What the medium holds can be opened again. Not to be
	 * called by a thread that reads.
	 */
	public synchronized void crash() {
		if (this.opened != null) {
			this.opened.crash();
		}
	}

	/**
	 * Makes every later write fail, as on a full disk, until the next opening.
	 */
	public synchronized void failWrites() {
		if (this.opened != null) {
			this.opened.failWrites();
		}
	}

	/**
	 * How many keys it holds, of all kinds.
	 */
	public int size() {
		return this.contents.size();
	}

}
