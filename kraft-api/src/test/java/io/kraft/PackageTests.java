package io.kraft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A package is a place where several classes are found, in the main sources of every
 * module: one with a single class is a folder to open in vain.
 */
class PackageTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	/** Each with its reason. */
	private static final Map<String, String> EXCEPTIONS = Map.of("sample-app/src/main/java/io/kraft/sample",
			"Spring Boot scans what is below the package of the application's class");

	@Test
	void noPackageHasASingleClass() throws IOException {
		Map<String, List<String>> packages = packages();
		assertThat(packages).hasSizeGreaterThan(50);

		packages.values().removeIf((classes) -> classes.size() > 1);

		assertThat(packages).containsOnlyKeys(EXCEPTIONS.keySet());
	}

	/** The names of its files, by the folder of a package. */
	private static Map<String, List<String>> packages() throws IOException {
		Map<String, List<String>> packages = new TreeMap<>();
		for (Path sources : sources()) {
			try (Stream<Path> folders = Files.walk(sources)) {
				for (Path folder : folders.filter(Files::isDirectory).toList()) {
					List<String> classes = classes(folder);
					if (!classes.isEmpty()) {
						packages.put(ROOT.relativize(folder).toString().replace('\\', '/'), classes);
					}
				}
			}
		}
		return packages;
	}

	private static List<Path> sources() throws IOException {
		try (Stream<Path> modules = Files.list(ROOT)) {
			return modules.map((module) -> module.resolve("src/main/java")).filter(Files::isDirectory).toList();
		}
	}

	private static List<String> classes(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".java") && !name.equals("package-info.java"))
				.sorted()
				.toList();
		}
	}

}
