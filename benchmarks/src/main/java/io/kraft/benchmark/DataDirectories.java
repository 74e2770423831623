package io.kraft.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Directories for data on the disk that is measured; removed at the end.
 */
final class DataDirectories implements AutoCloseable {

	private final Path root;

	DataDirectories(Path parent) throws IOException {
		Files.createDirectories(parent);
		this.root = Files.createTempDirectory(parent, "run");
	}

	Path root() {
		return this.root;
	}

	/**
	 * A new directory, empty.
	 */
	Path create(String name) {
		try {
			return Files.createTempDirectory(this.root, name);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Removes a directory with what is in it.
	 */
	static void delete(Path directory) {
		try (Stream<Path> tree = Files.walk(directory)) {
			List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
			for (Path path : deepestFirst) {
				Files.delete(path);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		delete(this.root);
	}

}
