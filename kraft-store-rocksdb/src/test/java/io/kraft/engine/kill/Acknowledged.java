package io.kraft.engine.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What the engine has acknowledged. Thread-safe.
 */
final class Acknowledged {

	private final Lines lines;

	private final Set<String> before;

	Acknowledged(Path directory) {
		this.lines = new Lines(Workload.acknowledged(directory));
		try {
			this.before = Set.copyOf(new HashSet<>(Lines.read(Workload.acknowledged(directory))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void add(String what) {
		this.lines.append(what);
	}

	/**
	 * Whether it was acknowledged in a former life.
	 */
	boolean before(String what) {
		return this.before.contains(what);
	}

}
