package io.kraft.spring.boot.autoconfigure.observation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The size of the journal on disk: some dozens of files, read when a registry samples it.
 */
final class DirectorySize implements MeterBinder {

	private final Path directory;

	DirectorySize(Path directory) {
		this.directory = directory;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("kraft.journal.bytes", this, DirectorySize::bytes)
			.description("Size of the journal's directory, with what is to be compacted")
			.baseUnit("bytes")
			.register(registry);
	}

	private double bytes() {
		try (Stream<Path> files = Files.walk(this.directory)) {
			return files.mapToLong(DirectorySize::size).sum();
		}
		catch (IOException | UncheckedIOException ex) {
			// It is not there yet, or no more, or changes at this moment.
			return Double.NaN;
		}
	}

	private static long size(Path file) {
		try {
			return Files.isRegularFile(file) ? Files.size(file) : 0;
		}
		catch (IOException ex) {
			// Compacted away at this moment.
			return 0;
		}
	}

}
