package io.kraft.engine.reliability;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A test that is marked with {@link Proves}.
 *
 * @param method empty if it is all tests of the class
 */
record Proof(String fault, String promise, Class<?> test, String method) {

	private static final String SUFFIX = "Tests.class";

	/**
	 * All of the engine and of this module, ordered by class and method.
	 */
	static List<Proof> all() throws IOException, URISyntaxException {
		return Stream.concat(in(Proves.class).stream(), in(Proof.class).stream())
			.sorted(Comparator.comparing((Proof proof) -> proof.test().getName()).thenComparing(Proof::method))
			.toList();
	}

	/** Those beside a class: in a directory, or in the jar that is made of it. */
	private static List<Proof> in(Class<?> neighbour) throws IOException, URISyntaxException {
		Path location = Path.of(neighbour.getProtectionDomain().getCodeSource().getLocation().toURI());
		if (Files.isDirectory(location)) {
			return below(location);
		}
		try (FileSystem jar = FileSystems.newFileSystem(location)) {
			return below(jar.getPath("/"));
		}
	}

	private static List<Proof> below(Path classes) throws IOException {
		try (Stream<Path> files = Files.walk(classes)) {
			return files.filter((file) -> file.getNameCount() > 0 && file.getFileName().toString().endsWith(SUFFIX))
				.map((file) -> load(classes.relativize(file)))
				.flatMap(Proof::of)
				.toList();
		}
	}

	private static Class<?> load(Path file) {
		String name = file.toString().replace(file.getFileSystem().getSeparator(), ".");
		try {
			return Class.forName(name.substring(0, name.length() - ".class".length()), false,
					Proof.class.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(name, ex);
		}
	}

	private static Stream<Proof> of(Class<?> test) {
		return Stream.concat(
				Stream.ofNullable(test.getDeclaredAnnotation(Proves.class)).map((proves) -> of(proves, test, "")),
				Arrays.stream(test.getDeclaredMethods())
					.filter((method) -> method.isAnnotationPresent(Proves.class))
					.map((method) -> of(method, test)));
	}

	private static Proof of(Method method, Class<?> test) {
		return of(method.getAnnotation(Proves.class), test, method.getName());
	}

	private static Proof of(Proves proves, Class<?> test, String method) {
		return new Proof(proves.fault(), proves.promise(), test, method);
	}

	/**
	 * The module that it is in.
	 */
	String module() {
		boolean isHere = Files.exists(Path.of("src/test/java", this.test.getName().replace('.', '/') + ".java"));
		return isHere ? "kraft-store-rocksdb" : "kraft-engine";
	}

	/**
	 * Whether a test case of the reports is one of these tests.
	 */
	boolean covers(Case executed) {
		return executed.test().equals(this.test.getName()) && executed.name().startsWith(this.method)
				&& (this.method.isEmpty() || executed.name().length() == this.method.length()
						|| !Character.isJavaIdentifierPart(executed.name().charAt(this.method.length())));
	}

}
