package io.kraft.engine.store.rocksdb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.StoreIdentity;
import io.kraft.engine.store.check.CheckReport;
import io.kraft.engine.store.check.RepairReport;
import io.kraft.engine.store.kv.KvDoctor;
import io.kraft.engine.store.kv.KvStore;
import io.kraft.engine.store.kv.OrderedKeys;
import io.kraft.engine.store.kv.PartitionsCheck;

/**
 * Checks the store of a directory while no engine uses it, and rebuilds what is derived
 * in it. The lock of the directory keeps both from a store that is in use. Of several
 * partitions each is examined for itself, by the directory of its store.
 */
public final class RocksDbDoctor {

	private RocksDbDoctor() {
	}

	/**
	 * Checks everything, and changes nothing of the database.
	 * @param keep most findings to keep; further ones are counted only
	 * @throws StorageException if there is no store, it is in use, or it cannot be opened
	 */
	public static CheckReport check(RocksDbOptions options, int keep) {
		return examine(options, false, (keys) -> KvDoctor.check(keys, keep));
	}

	/**
	 * Checks the stores of all partitions against each other, and changes nothing of
	 * their databases; each by itself is checked by {@link #check}.
	 * @param partitions in the order of their numbers
	 * @param partitionOf number of the partition of a run, by its id
	 * @param keep most findings to keep; further ones are counted only
	 * @throws StorageException if one of them is in use, or cannot be opened
	 */
	public static CheckReport checkTogether(List<RocksDbOptions> partitions, ToIntFunction<String> partitionOf,
			int keep) {
		List<Store> stores = new ArrayList<>();
		try {
			for (RocksDbOptions options : partitions) {
				DataDirectory directory = DataDirectory.open(existing(options), options.shared());
				stores.add(KvStore.open(open(directory, options.sync(), false), options.sync(),
						new StoreIdentity(stores.size(), partitions.size())));
			}
			return PartitionsCheck.check(stores, partitionOf, keep);
		}
		finally {
			stores.forEach(Store::close);
		}
	}

	/**
	 * Rebuilds indexes, counts and timers, and checks again.
	 * @param keep most findings to keep; further ones are counted only
	 * @throws StorageException if there is no store, it is in use, it cannot be opened,
	 * or a write fails
	 */
	public static RepairReport repair(RocksDbOptions options, int keep) {
		return examine(options, true, (keys) -> KvDoctor.repair(keys, keep));
	}

	private static <T> T examine(RocksDbOptions options, boolean writes, Function<OrderedKeys, T> examination) {
		DataDirectory directory = DataDirectory.open(existing(options), options.shared());
		try (OrderedKeys keys = open(directory, options.sync(), writes)) {
			return examination.apply(keys);
		}
	}

	private static Path existing(RocksDbOptions options) {
		Path path = options.directory().toAbsolutePath().normalize();
		if (!Files.exists(path.resolve("db").resolve("CURRENT"))) {
			throw new StorageException(StorageException.UNUSABLE_DIRECTORY, "there is no store in " + path
					+ ", and none was made. Set kraft.storage.path to the directory of the store. See docs/reference/errors.md#kraft-4004",
					null);
		}
		return path;
	}

	private static OrderedKeys open(DataDirectory directory, boolean sync, boolean writes) {
		try {
			NativeLibrary.load(PartitionLayout.root(directory.path()).resolve("native"));
			DatabaseCheck.check(directory.database(), sync);
			return writes ? RocksDbKeys.open(directory.database(), RocksDbOptions.DEFAULT_NATIVE_MEMORY_BYTES,
					directory::close) : RocksDbKeys.openReadOnly(directory.database(), directory::close);
		}
		catch (RuntimeException | Error ex) {
			directory.close();
			throw ex;
		}
	}

}
