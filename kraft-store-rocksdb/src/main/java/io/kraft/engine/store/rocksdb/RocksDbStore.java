package io.kraft.engine.store.rocksdb;

import java.nio.file.Path;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.backup.RestoredSet;
import io.kraft.engine.store.kv.KvStore;

/**
 * Opens the store on disk of an only partition; {@link RocksDbStores} opens several. In
 * its directory are {@code db}, the database; {@code native}, the library that the
 * database needs; and {@code kraft.lock}, which keeps a second process out.
 */
public final class RocksDbStore {

	private RocksDbStore() {
	}

	/**
	 * Opens the store of a directory. What a crash leaves, a torn record at the end of
	 * the newest write-ahead log, is dropped: it was never acknowledged.
	 * @throws StorageException with the code {@link StorageException#LOCKED} if the
	 * directory is in use, {@link StorageException#UNUSABLE_DIRECTORY} if it cannot be
	 * made or written, {@link StorageException#UNTRUSTED_DIRECTORY} if other users can
	 * write it, {@link StorageException#DAMAGED} if a file is damaged in any other way,
	 * {@link StorageException#UNKNOWN_FORMAT} if a version wrote it that this one does
	 * not know, and {@link StorageException#FIXED_AT_CREATION} if it is of several
	 * partitions
	 */
	public static Store open(RocksDbOptions options) {
		DataDirectory directory = DataDirectory.open(options.directory(), options.shared());
		try {
			directory.checkComplete();
			LayoutCheck.check(new PartitionLayout(directory.path(), 1));
			RestoredSet.use(options.directory());
			Path database = directory.makeDatabase();
			NativeLibrary.load(directory.nativeLibraries());
			DatabaseCheck.check(database, options.sync());
			return KvStore.open(RocksDbKeys.open(database, options.nativeMemoryBytes(), directory::close),
					options.sync());
		}
		catch (RuntimeException | Error ex) {
			directory.close();
			throw ex;
		}
	}

}
