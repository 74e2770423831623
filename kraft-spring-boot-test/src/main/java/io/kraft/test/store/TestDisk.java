package io.kraft.test.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;

/**
 * Where the journal of a test is: survives crashes of the engine, and is emptied before
 * the next test. Not thread-safe; nothing is open when it is wiped.
 */
public interface TestDisk extends AutoCloseable {

	/**
	 * Opens what it holds.
	 */
	Store open();

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
	 */
	static TestDisk inMemory() {
		return new Memory();
	}

	/**
	 * A RocksDB in a temporary directory, which is made when it is needed.
	 */
	static TestDisk rocksDb() {
		return new Directory();
	}

	/**
	 * In memory.
	 */
	final class Memory implements TestDisk {

		private MemoryMedium medium = new MemoryMedium();

		private Memory() {
		}

		@Override
		public Store open() {
			return this.medium.open();
		}

		@Override
		public void wipe() {
			this.medium = new MemoryMedium();
		}

	}

	/**
	 * In a directory.
	 */
	final class Directory implements TestDisk {

		private List<Path> directories = List.of();

		private Directory() {
		}

		@Override
		public Store open() {
			try {
				if (this.directories.isEmpty()) {
					this.directories = List.of(Files.createTempDirectory("kraft-test"));
				}
				return RocksDbStore.open(new RocksDbOptions(this.directories.getFirst(), true));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void wipe() {
			this.directories.forEach(Directory::delete);
			this.directories = List.of();
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
