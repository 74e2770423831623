package io.kraft.test.spring;

import io.kraft.test.Storage;
import io.kraft.test.store.TestDisk;

/**
 * What a test says of its journal.
 *
 * @param storage where it is
 * @param partitions how many there are
 */
record BenchDisk(Storage storage, int partitions) {

	TestDisk make() {
		return switch (this.storage) {
			case MEMORY -> TestDisk.inMemory(this.partitions);
			case ROCKSDB -> TestDisk.rocksDb(this.partitions);
		};
	}

}
