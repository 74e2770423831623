package io.kraft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of packages in {@code docs/internals/architecture.md} has each package, and
 * no other.
 */
class ArchitecturePageTests {

	private static final Path PAGE = Path.of("../docs/internals/architecture.md");

	private static final Pattern ROW = Pattern.compile("^\\| (`(?:io\\.kraft|…)\\.[^|]+) \\|", Pattern.MULTILINE);

	private static final Pattern NAME = Pattern.compile("`(io\\.kraft|…)(\\.[\\w.]+)`");

	/** One row stands for all of the test kit. */
	private static final String TEST_KIT = "io.kraft.test.";

	@Test
	void eachPackageHasItsRow() throws IOException {
		List<String> suffixes = suffixes();

		assertThat(packages()).hasSizeGreaterThan(30)
			.allMatch((name) -> suffixes.stream().anyMatch(name::endsWith), "is in the table of packages");
	}

	@Test
	void eachRowHasItsPackage() throws IOException {
		List<String> packages = packages();

		assertThat(suffixes()).hasSizeGreaterThan(30)
			.allMatch((suffix) -> packages.stream().anyMatch((name) -> name.endsWith(suffix)), "is a package");
	}

	private static List<String> suffixes() throws IOException {
		return ROW.matcher(Files.readString(PAGE))
			.results()
			.flatMap((row) -> NAME.matcher(row.group(1)).results())
			.map((name) -> name.group(2))
			.toList();
	}

	private static List<String> packages() throws IOException {
		try (Stream<Path> modules = Files.list(Path.of(".."))) {
			List<Path> sources = modules.map((module) -> module.resolve("src/main/java/io/kraft"))
				.filter((directory) -> !directory.toString().matches(".*/(sample-app|benchmarks)/.*"))
				.filter(Files::exists)
				.toList();
			return sources.stream().flatMap((directory) -> packages(directory).stream()).toList();
		}
	}

	private static List<String> packages(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.endsWith("package-info.java"))
				.map((file) -> "io.kraft." + directory.relativize(file.getParent()).toString().replace('/', '.'))
				.filter((name) -> !name.startsWith(TEST_KIT))
				.toList();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
