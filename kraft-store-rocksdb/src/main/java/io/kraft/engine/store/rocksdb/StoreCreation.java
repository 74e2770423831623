package io.kraft.engine.store.rocksdb;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.StoreIdentity;
import io.kraft.engine.store.kv.FoundStore;

/**
 * Makes the stores of several partitions that have not all been made: at the first start,
 * or where that was interrupted. Since all are made before one of them has an owner, one
 * that is missing beside one that had an owner was not interrupted, but lost. Changes
 * nothing before it has looked at all that is there.
 */
final class StoreCreation {

	private final PartitionLayout layout;

	private final boolean synced;

	private final IntConsumer create;

	/**
	 * A creation that has not begun.
	 * @param synced as in {@link DatabaseCheck#check}
	 * @param create makes the store of a partition, with its identity
	 */
	StoreCreation(PartitionLayout layout, boolean synced, IntConsumer create) {
		this.layout = layout;
		this.synced = synced;
		this.create = create;
	}

	/**
	 * Makes those that are missing.
	 * @throws StorageException if one was lost, is in the place of another one, or was
	 * made for another number of partitions
	 */
	void run() {
		Map<Integer, StoreIdentity> made = new TreeMap<>();
		boolean owned = false;
		for (int partition : this.layout.found()) {
			FoundStore found = look(this.layout.store(partition));
			owned |= found.wasOwned();
			StoreIdentity identity = found.identity();
			if (identity != null) {
				check(partition, identity);
				made.put(partition, identity);
			}
		}
		for (int partition = 0; partition < this.layout.partitions(); partition++) {
			if (!made.containsKey(partition) && owned) {
				throw LayoutCheck.lost(this.layout, partition);
			}
		}
		for (int partition = 0; partition < this.layout.partitions(); partition++) {
			if (!made.containsKey(partition)) {
				this.create.accept(partition);
			}
		}
	}

	private FoundStore look(Path directory) {
		Path database = directory.resolve("db");
		DatabaseCheck.check(database, this.synced);
		if (!KnownFamilies.areMade(database)) {
			// The process died while the database was being made.
			return new FoundStore(null, 0);
		}
		try (RocksDbKeys keys = RocksDbKeys.openReadOnly(database, () -> {
		})) {
			return FoundStore.in(keys);
		}
	}

	private void check(int partition, StoreIdentity found) {
		if (found.partitions() != this.layout.partitions()) {
			throw LayoutCheck.otherNumber(this.layout, found.partitions());
		}
		if (found.partition() != partition) {
			throw LayoutCheck.inTheWrongPlace(this.layout, partition, found);
		}
	}

}
