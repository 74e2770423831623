package io.kraft.engine.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Files that nobody may write, root neither, until this is closed.
 */
@SuppressWarnings("try") // A test that is interrupted ends.
final class Immutable implements AutoCloseable {

	private final List<Path> files;

	private Immutable(List<Path> files) {
		this.files = files;
	}

	/**
	 * Takes the right to write to a directory and to the files in it; the test is skipped
	 * where that is not possible.
	 */
	static Immutable make(Path directory) throws IOException, InterruptedException {
		try (Stream<Path> all = Files.list(directory)) {
			Immutable immutable = new Immutable(
					Stream.concat(all.filter(Files::isRegularFile), Stream.of(directory)).toList());
			try {
				immutable.change("+i");
			}
			catch (IOException ex) {
				immutable.close();
				abort("LOST PERMISSIONS ARE NOT TESTED: files cannot be made immutable here (" + ex.getMessage()
						+ "). Run as root, with CAP_LINUX_IMMUTABLE, on ext4 or XFS");
			}
			return immutable;
		}
	}

	private void change(String attribute) throws IOException, InterruptedException {
		for (Path file : this.files) {
			// RocksDB may have removed it meanwhile.
			if (Files.exists(file)) {
				Command.run("chattr", attribute, file.toString());
			}
		}
	}

	@Override
	public void close() throws InterruptedException {
		try {
			change("-i");
		}
		catch (IOException ex) {
			// Where it cannot be set, it is not set.
		}
	}

}
