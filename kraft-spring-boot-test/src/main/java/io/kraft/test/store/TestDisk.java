package io.kraft.test.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kraft.engine.store.Store;
import io.kraft.engine.store.StoreIdentity;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStores;
import org.jspecify.annotations.Nullable;

/**
 * Where the journal of a test is: survives crashes of the engine, and is emptied before
 * the next test. Not thread-safe; nothing is open when it is wiped.
 */
public interface TestDisk extends AutoCloseable {

	/**
	 * How many partitions it has.
	 */
	int partitions();

	/**
	 * Opens what it holds of a partition.
	 * @param partition its number, from 0 on
	 */
	Store open(int partition);

	/**
	 * Forgets everything.
	 */
	void wipe();

	/**
	 * Leaves nothing behind.
	 */
	@Override
	default void close() {
		wipe();
	}

	/**
	 * A disk in memory.
	 * @param partitions at least 1
	 */
	static TestDisk inMemory(int partitions) {
		return new Memory(partitions);
	}

	/**
	 * A RocksDB in a temporary directory, which is made when it is needed.
	 * @param partitions 1 to 64
	 */
	static TestDisk rocksDb(int partitions) {
		return new Directory(partitions);
	}

	/**
	 * In memory.
	 */
	final class Memory implements TestDisk {

		private final int partitions;

		private List<MemoryMedium> media = List.of();

		private Memory(int partitions) {
			this.partitions = partitions;
			wipe();
		}

		@Override
		public int partitions() {
			return this.partitions;
		}

		@Override
		public Store open(int partition) {
			return this.media.get(partition).open(new StoreIdentity(partition, this.partitions));
		}

		@Override
		public void wipe() {
			this.media = IntStream.range(0, this.partitions).mapToObj((partition) -> new MemoryMedium()).toList();
		}

	}

	/**
	 * In a directory.
	 */
	final class Directory implements TestDisk {

		private final int partitions;

		private List<Path> directories = List.of();

		private @Nullable RocksDbStores stores;

		private Directory(int partitions) {
			this.partitions = partitions;
		}

		@Override
		public int partitions() {
			return this.partitions;
		}

		@Override
		public Store open(int partition) {
			return stores().apply(partition);
		}

		private RocksDbStores stores() {
			RocksDbStores made = this.stores;
			if (made != null) {
				return made;
			}
			try {
				this.directories = List.of(Files.createTempDirectory("kraft-test"));
				RocksDbStores stores = new RocksDbStores(new RocksDbOptions(this.directories.getFirst(), true,
						Math.max(RocksDbOptions.DEFAULT_NATIVE_MEMORY_BYTES,
								RocksDbStores.minNativeMemoryBytes(this.partitions))),
						this.partitions);
				this.stores = stores;
				return stores;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void wipe() {
			this.directories.forEach(Directory::delete);
			this.directories = List.of();
			this.stores = null;
		}

		private static void delete(Path directory) {
			try (Stream<Path> paths = Files.walk(directory)) {
				for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
					Files.deleteIfExists(path);
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
