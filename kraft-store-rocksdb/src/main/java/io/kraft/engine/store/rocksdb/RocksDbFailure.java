package io.kraft.engine.store.rocksdb;

import io.kraft.engine.store.StorageException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * What RocksDB's errors mean to users.
 */
final class RocksDbFailure {

	private RocksDbFailure() {
	}

	static StorageException ofOpening(Object database, RocksDBException ex) {
		if (isCorruption(ex)) {
			return damaged(ex);
		}
		return new StorageException(StorageException.UNUSABLE_DIRECTORY,
				"the database " + database + " cannot be opened (" + ex.getMessage()
						+ "). Its files must be readable and writable, and the disk must have space."
						+ " See docs/reference/errors.md#kraft-4004",
				ex);
	}

	static StorageException ofReading(RocksDBException ex) {
		return isCorruption(ex) ? damaged(ex) : new StorageException(StorageException.READ_FAILED,
				"a read failed (" + ex.getMessage() + "). See docs/reference/errors.md#kraft-4007", ex);
	}

	static StorageException ofWriting(RocksDBException ex) {
		return isCorruption(ex) ? damaged(ex)
				: new StorageException(StorageException.WRITE_FAILED, "a write failed (" + ex.getMessage()
						+ "). Check the disk and its free space, then restart. See docs/reference/errors.md#kraft-4001",
						ex);
	}

	static StorageException closed(String code) {
		return new StorageException(code, "the store is closed", null);
	}

	private static boolean isCorruption(RocksDBException ex) {
		return ex.getStatus() != null && ex.getStatus().getCode() == Status.Code.Corruption;
	}

	private static StorageException damaged(RocksDBException ex) {
		// RocksDB's message names the file.
		return new StorageException(StorageException.DAMAGED,
				"the database is damaged: " + ex.getMessage()
						+ ". Check the disk, and restore the data directory from a backup."
						+ " See docs/reference/errors.md#kraft-4003",
				ex);
	}

}
