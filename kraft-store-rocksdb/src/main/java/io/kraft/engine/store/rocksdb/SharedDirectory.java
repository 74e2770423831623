package io.kraft.engine.store.rocksdb;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.StoreIdentity;
import io.kraft.engine.store.backup.RestoredSet;
import io.kraft.engine.store.kv.FoundStore;
import io.kraft.engine.store.kv.KvStore;

/**
 * What the stores of several partitions have in common while one of them is open: the
 * lock of the data directory, the native library, and native memory. Each store has a
 * lock of its own besides, for a process that is given its directory only. Its methods
 * are not called at the same time.
 */
final class SharedDirectory implements AutoCloseable {

	private final RocksDbOptions options;

	private final DataDirectory root;

	private final PartitionLayout layout;

	private final NativeMemory memory;

	private SharedDirectory(RocksDbOptions options, DataDirectory root, PartitionLayout layout, NativeMemory memory) {
		this.options = options;
		this.root = root;
		this.layout = layout;
		this.memory = memory;
	}

	/**
	 * Locks the directory, and makes all stores if they were not made.
	 */
	static SharedDirectory open(RocksDbOptions options, int partitions) {
		NativeObjects objects = new NativeObjects();
		try {
			DataDirectory root = objects.add(DataDirectory.open(options.directory(), options.shared()));
			root.checkComplete();
			PartitionLayout layout = new PartitionLayout(root.path(), partitions);
			boolean made = LayoutCheck.check(layout);
			NativeLibrary.load(root.nativeLibraries());
			NativeMemory memory = objects.add(new NativeMemory(options.nativeMemoryBytes(), partitions));
			SharedDirectory opened = new SharedDirectory(options, root, layout, memory);
			if (!made) {
				new StoreCreation(layout, options.sync(), opened::create).run();
				root.write(layout);
			}
			return opened;
		}
		catch (RuntimeException | Error ex) {
			objects.closeAfter(ex);
			throw ex;
		}
	}

	/**
	 * Opens a store that was made.
	 * @param released called when it is closed, or here if this throws
	 */
	Store store(int partition, Runnable released) {
		RocksDbKeys keys = keys(partition, released);
		try {
			if (FoundStore.in(keys).identity() == null) {
				throw LayoutCheck.lost(this.layout, partition);
			}
		}
		catch (RuntimeException | Error ex) {
			keys.close();
			throw ex;
		}
		return KvStore.open(keys, this.options.sync(), identity(partition));
	}

	private void create(int partition) {
		KvStore.open(keys(partition, () -> {
		}), this.options.sync(), identity(partition)).close();
	}

	private StoreIdentity identity(int partition) {
		return new StoreIdentity(partition, this.layout.partitions());
	}

	private RocksDbKeys keys(int partition, Runnable released) {
		NativeObjects objects = new NativeObjects();
		objects.onRelease(released);
		try {
			DataDirectory directory = objects
				.add(DataDirectory.open(this.layout.store(partition), this.options.shared()));
			directory.checkComplete();
			RestoredSet.use(directory.path());
			DatabaseCheck.check(directory.database(), this.options.sync());
			return RocksDbKeys.open(directory.makeDatabase(), this.memory, this.root.path(), objects::close);
		}
		catch (RuntimeException | Error ex) {
			objects.closeAfter(ex);
			throw ex;
		}
	}

	/**
	 * Once no store is open.
	 * @throws StorageException if the lock cannot be released
	 */
	@Override
	public void close() {
		try {
			this.memory.close();
		}
		finally {
			this.root.close();
		}
	}

}
