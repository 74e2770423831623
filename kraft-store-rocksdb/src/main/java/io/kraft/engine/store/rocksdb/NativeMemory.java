package io.kraft.engine.store.rocksdb;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * The memory outside the heap that the databases of a data directory share: a cache of
 * blocks, and in it what is not yet written to tables, whichever of them it is of. To be
 * closed after them. Thread-safe.
 */
final class NativeMemory implements AutoCloseable {

	/**
	 * For what is not in the cache: open tables, and the buffers of flushes and
	 * compactions.
	 */
	private static final int SHARE_BESIDE_CACHE = 8;

	private final NativeObjects objects = new NativeObjects();

	private final int databases;

	private final long writeBuffers;

	/** Also of the write buffers: what they take, blocks cannot. */
	private final Cache cache;

	private final WriteBufferManager writeBufferManager;

	/**
	 * Memory that is not yet used.
	 * @param bytes about how many all databases may take together
	 * @param databases how many they are
	 */
	NativeMemory(long bytes, int databases) {
		this.databases = databases;
		try {
			long cached = bytes - bytes / SHARE_BESIDE_CACHE;
			this.writeBuffers = cached / 2;
			this.cache = this.objects.add(new LRUCache(cached));
			this.writeBufferManager = this.objects.add(new WriteBufferManager(this.writeBuffers, this.cache));
		}
		catch (RuntimeException | Error ex) {
			this.objects.closeAfter(ex);
			throw ex;
		}
	}

	/**
	 * How many databases share it.
	 */
	int databases() {
		return this.databases;
	}

	/**
	 * The share of one database of the bytes that are not yet written. When all of them
	 * use theirs, there is nothing left: so one that is written little, whose buffers are
	 * not flushed, takes nothing from the others.
	 */
	long writeBuffersOfOne() {
		return this.writeBuffers / this.databases;
	}

	Cache cache() {
		return this.cache;
	}

	WriteBufferManager writeBufferManager() {
		return this.writeBufferManager;
	}

	@Override
	public void close() {
		this.objects.close();
	}

}
