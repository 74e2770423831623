package io.kraft.engine.store.rocksdb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.check.CheckReport;
import io.kraft.engine.store.check.RepairReport;
import io.kraft.engine.store.kv.KvDoctor;
import io.kraft.engine.store.kv.OrderedKeys;

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
	 * Rebuilds indexes, counts and timers, and checks again.
	 * @param keep most findings to keep; further ones are counted only
	 * @throws StorageException if there is no store, it is in use, it cannot be opened,
	 * or a write fails
	 */
	public static RepairReport repair(RocksDbOptions options, int keep) {
		return examine(options, true, (keys) -> KvDoctor.repair(keys, keep));
	}

	private static <T> T examine(RocksDbOptions options, boolean writes, Function<OrderedKeys, T> examination) {
		Path path = options.directory().toAbsolutePath().normalize();
		if (!Files.exists(path.resolve("db").resolve("CURRENT"))) {
			throw new StorageException(StorageException.UNUSABLE_DIRECTORY, "there is no store in " + path
					+ ", and none was made. Set kraft.storage.path to the directory of the store. See docs/reference/errors.md#kraft-4004",
					null);
		}
		DataDirectory directory = DataDirectory.open(path, options.shared());
		try (OrderedKeys keys = open(directory, options.sync(), writes)) {
			return examination.apply(keys);
		}
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
