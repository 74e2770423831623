package io.kraft.engine.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes marks down, and knows those of former lives. Thread-safe.
 */
final class Marks {

	private final String life;

	private final Lines lines;

	private final Map<String, Integer> counts = new ConcurrentHashMap<>();

	Marks(Path directory, String life) {
		this.life = life;
		read(directory).forEach((mark) -> this.counts.merge(mark.kind() + mark.subject(), 1, Integer::sum));
		this.lines = new Lines(file(directory));
	}

	static List<Mark> read(Path directory) {
		try {
			return Lines.read(file(directory)).stream().map(Mark::parse).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path file(Path directory) {
		return directory.resolve("marks");
	}

	void add(Mark.Kind kind, String subject) {
		add(kind, subject, InstantSource.system().millis());
	}

	void add(Mark.Kind kind, String subject, long at) {
		this.counts.merge(kind + subject, 1, Integer::sum);
		this.lines.append(new Mark(this.life, at, kind, subject).line());
	}

	/**
	 * How often it was marked so, in this life or a former one.
	 */
	int count(Mark.Kind kind, String subject) {
		return this.counts.getOrDefault(kind + subject, 0);
	}

}
