package io.kraft.sample.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.springframework.util.FileSystemUtils;

/**
 * A directory for temporary files that is removed when it is closed. An application that
 * is started with {@link #option()} keeps journal and effects in it.
 */
final class DemoDirectory implements AutoCloseable {

	static final String OPTION = "demo.directory";

	private final Path path;

	DemoDirectory() throws IOException {
		this.path = Files.createTempDirectory("kraft-demo-");
	}

	String option() {
		return "--" + OPTION + "=" + this.path;
	}

	/**
	 * What happened to the world outside, in order: the last word of each line of the
	 * effects log.
	 */
	List<String> effects() throws IOException {
		return Files.readAllLines(this.path.resolve("effects.log"))
			.stream()
			.map((line) -> line.substring(line.lastIndexOf(' ') + 1))
			.toList();
	}

	@Override
	public void close() throws IOException {
		FileSystemUtils.deleteRecursively(this.path);
	}

}
