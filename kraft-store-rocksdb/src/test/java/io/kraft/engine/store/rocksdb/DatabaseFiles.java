package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.Keyspace;

/**
 * The files of a database, for tests that copy and damage them.
 */
final class DatabaseFiles {

	private DatabaseFiles() {
	}

	/**
	 * Copies a folder of files. One that an open database removes meanwhile, after a
	 * compaction, is missing in no crash: then all are copied again.
	 */
	static void copy(Path from, Path to) throws IOException {
		Files.createDirectories(to);
		boolean copied = false;
		while (!copied) {
			try {
				copyAll(from, to);
				copied = true;
			}
			catch (NoSuchFileException ex) {
				deleteAll(to);
			}
		}
	}

	private static void copyAll(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.list(from)) {
			for (Path file : files.toList()) {
				Files.copy(file, to.resolve(file.getFileName()));
			}
		}
	}

	private static void deleteAll(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			for (Path file : files.toList()) {
				Files.delete(file);
			}
		}
	}

	/**
	 * Deletes a folder with all that is in it.
	 */
	static void delete(Path folder) throws IOException {
		try (Stream<Path> all = Files.walk(folder)) {
			for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	/**
	 * The files of a data directory's database whose names begin and end so, the oldest
	 * first.
	 */
	static List<Path> named(Path directory, String prefix, String suffix) throws IOException {
		try (Stream<Path> files = Files.list(directory.resolve("db"))) {
			return files.filter((file) -> file.getFileName().toString().startsWith(prefix))
				.filter((file) -> file.getFileName().toString().endsWith(suffix))
				.sorted()
				.toList();
		}
	}

	/**
	 * How many keys a closed database holds.
	 */
	static long size(Path directory) {
		long size = 0;
		try (RocksDbKeys keys = RocksDbKeys.open(directory.resolve("db"), RocksDbOptions.DEFAULT_NATIVE_MEMORY_BYTES,
				() -> {
				})) {
			for (Keyspace space : Keyspace.values()) {
				try (KeyCursor cursor = keys.scan(space, new byte[0], null)) {
					for (boolean found = cursor.first(); found; found = cursor.next()) {
						size++;
					}
				}
			}
		}
		return size;
	}

}
