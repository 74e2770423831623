package io.kraft.engine.store.rocksdb;

import java.nio.file.Path;
import java.util.Optional;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.StoreIdentity;

/**
 * Refuses a data directory that was made for another number of partitions, or in which
 * the store of one of them is missing. Changes nothing.
 */
final class LayoutCheck {

	private static final String FIXED = " See docs/reference/errors.md#kraft-5008";

	private LayoutCheck() {
	}

	/**
	 * Checks a directory whose lock is held, by its files.
	 * @return whether all stores have been made
	 */
	static boolean check(PartitionLayout expected) {
		Path directory = expected.directory();
		Optional<PartitionLayout> found = PartitionLayout.find(directory);
		if (found.isEmpty()) {
			checkNotBegun(expected);
			return false;
		}
		if (found.get().partitions() != expected.partitions()) {
			throw otherNumber(expected, found.get().partitions());
		}
		if (expected.partitions() > 1 && PartitionLayout.hasStore(directory)) {
			throw fixed("the data directory " + directory + " holds the stores of " + expected.partitions()
					+ " partitions, and beside them that of an only one in " + directory.resolve("db")
					+ ". Nothing was changed. Move away the one that does not belong there.");
		}
		for (int partition = 0; partition < expected.partitions(); partition++) {
			if (!PartitionLayout.hasStore(expected.store(partition))) {
				throw lost(expected, partition);
			}
		}
		return true;
	}

	private static void checkNotBegun(PartitionLayout expected) {
		if (expected.partitions() == 1 && !expected.found().isEmpty()) {
			throw fixed("the data directory " + expected.directory() + " was made for several partitions: it holds "
					+ "the store of partition " + expected.found().first()
					+ ", but kraft.engine.partitions is 1 now. The number is fixed when the directory is made, and nothing was changed."
					+ " Set the former number, or set kraft.storage.path to a new directory.");
		}
	}

	static StorageException otherNumber(PartitionLayout expected, int found) {
		return fixed("the data directory " + expected.directory() + " was made with kraft.engine.partitions=" + found
				+ ", but it is " + expected.partitions()
				+ " now. The number is fixed when the directory is made, and nothing was changed. Set kraft.engine.partitions="
				+ found + ", or set kraft.storage.path to a new directory.");
	}

	static StorageException inTheWrongPlace(PartitionLayout layout, int partition, StoreIdentity found) {
		return fixed("the directory " + layout.store(partition) + " holds the store of " + found
				+ ". Nothing was changed. Give the directories their names back, or restore the whole data directory from a backup.");
	}

	static StorageException lost(PartitionLayout layout, int partition) {
		return new StorageException(StorageException.DAMAGED, "the data directory " + layout.directory()
				+ " was made with " + layout.partitions() + " partitions, but there is no store in "
				+ layout.store(partition)
				+ ": its runs are missing. No store was taken. Put the directory back, or restore the whole data directory from a backup. See docs/reference/errors.md#kraft-4003",
				null);
	}

	private static StorageException fixed(String what) {
		return new StorageException(StorageException.FIXED_AT_CREATION, what + FIXED, null);
	}

}
