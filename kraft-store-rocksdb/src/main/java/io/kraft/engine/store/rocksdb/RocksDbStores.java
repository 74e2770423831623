package io.kraft.engine.store.rocksdb;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Opens the stores on disk of all partitions of an engine, each by its number. Those of
 * several share native memory and the lock of their data directory, from the first that
 * is opened to the last that is closed. {@link PartitionLayout} says where they are.
 * Thread-safe.
 */
public final class RocksDbStores implements IntFunction<Store> {

	/** Each has threads, files and memory of its own; a machine has not more cores. */
	public static final int MAX_PARTITIONS = 64;

	private final RocksDbOptions options;

	private final int partitions;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable SharedDirectory directory;

	/** Stores of the directory that are open, or being opened. */
	private int used;

	/**
	 * Stores that are not yet opened.
	 * @param partitions 1 to {@link #MAX_PARTITIONS}; fixed when the directory is made
	 * @throws IllegalArgumentException also if the native memory is too little for them
	 */
	public RocksDbStores(RocksDbOptions options, int partitions) {
		if (partitions < 1 || partitions > MAX_PARTITIONS) {
			throw new IllegalArgumentException("partitions is " + partitions + ", but must be 1 to " + MAX_PARTITIONS
					+ " (kraft.engine.partitions)");
		}
		if (options.nativeMemoryBytes() < minNativeMemoryBytes(partitions)) {
			throw new IllegalArgumentException("nativeMemoryBytes is " + options.nativeMemoryBytes()
					+ ", but must be at least " + minNativeMemoryBytes(partitions) + " for " + partitions
					+ " partitions (kraft.storage.native-memory)");
		}
		this.options = options;
		this.partitions = partitions;
	}

	/**
	 * The least native memory of a number of partitions.
	 */
	public static long minNativeMemoryBytes(int partitions) {
		return Math.max(RocksDbOptions.MIN_NATIVE_MEMORY_BYTES,
				partitions * RocksDbOptions.MIN_NATIVE_MEMORY_BYTES_OF_PARTITION);
	}

	/**
	 * Opens the store of a partition. The first one makes them all where there are none:
	 * when it returns, a store that is missing later has been lost.
	 * @throws StorageException as {@link RocksDbStore#open}; with
	 * {@link StorageException#FIXED_AT_CREATION} if the directory was made for another
	 * number of partitions, or a store is in the place of another one, and
	 * {@link StorageException#DAMAGED} if one is missing
	 */
	@Override
	public Store apply(int partition) {
		if (partition < 0 || partition >= this.partitions) {
			throw new IllegalArgumentException("there is no partition " + partition + " of " + this.partitions);
		}
		return (this.partitions == 1) ? RocksDbStore.open(this.options) : open(partition);
	}

	private Store open(int partition) {
		this.lock.lock();
		try {
			if (this.directory == null) {
				this.directory = SharedDirectory.open(this.options, this.partitions);
			}
			this.used++;
			return this.directory.store(partition, this::release);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** A store was closed, or not opened: the last one closes what they share. */
	private void release() {
		this.lock.lock();
		try {
			this.used--;
			SharedDirectory unused = this.directory;
			if (this.used == 0 && unused != null) {
				this.directory = null;
				unused.close();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
