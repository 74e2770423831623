package io.kraft.engine.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A file system of one's own that can be filled up. Closing unmounts it.
 */
@SuppressWarnings("try") // A test that is interrupted ends.
final class Volume implements AutoCloseable {

	private final Path directory;

	private Volume(Path directory) {
		this.directory = directory;
	}

	/**
	 * A small file system in memory; the test is skipped where none can be mounted.
	 */
	static Volume mount(Path directory, String size) throws IOException, InterruptedException {
		Files.createDirectories(directory);
		try {
			Command.run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
		}
		catch (IOException ex) {
			abort("A FULL DISK IS NOT TESTED: mounting a small file system is not permitted here (" + ex.getMessage()
					+ "). Run as root, with CAP_SYS_ADMIN");
		}
		return new Volume(directory);
	}

	/**
	 * The mounted one that has this data directory.
	 */
	static Volume of(Path data) {
		return new Volume(data.resolveSibling("").toAbsolutePath().normalize());
	}

	Path data() {
		return this.directory.resolve("data");
	}

	/** Leaves not a byte. */
	void fill() throws IOException {
		for (int size : List.of(1 << 16, 1 << 10, 1)) {
			try (OutputStream filler = Files.newOutputStream(this.directory.resolve("filler-" + size),
					StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
				while (true) {
					filler.write(new byte[size]);
				}
			}
			catch (IOException ex) {
				// It is full.
			}
		}
	}

	void free() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.filter((path) -> path.getFileName().toString().startsWith("filler")).toList()) {
				Files.delete(file);
			}
		}
	}

	@Override
	public void close() throws IOException, InterruptedException {
		Command.run("umount", this.directory.toString());
	}

}
