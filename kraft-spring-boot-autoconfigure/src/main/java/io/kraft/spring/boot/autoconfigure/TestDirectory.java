package io.kraft.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.core.env.PropertySource;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * The property {@code kraft.storage.path} as a temporary directory, which is created when
 * it is first resolved, and removed when all application contexts of the process are
 * closed.
 */
final class TestDirectory extends PropertySource<SingletonSupplier<Path>> {

	static final String NAME = "kraftTestDirectory";

	private static final String PATH = "kraft.storage.path";

	TestDirectory() {
		super(NAME, SingletonSupplier.of(TestDirectory::create));
	}

	@Override
	public @Nullable Object getProperty(String name) {
		return name.equals(PATH) ? this.source.obtain().toString() : null;
	}

	private static Path create() {
		try {
			Path directory = Files.createTempDirectory("kraft-test-");
			SpringApplication.getShutdownHandlers().add(() -> remove(directory));
			return directory;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"No temporary directory for the test's journal could be made. Name one with '" + PATH
							+ "', or set kraft.storage.type=memory",
					ex);
		}
	}

	private static void remove(Path directory) {
		try {
			FileSystemUtils.deleteRecursively(directory);
		}
		catch (IOException ex) {
			// It is temporary: the system removes it eventually.
			directory.toFile().deleteOnExit();
		}
	}

}
