package io.kraft.test.call;

import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The steps that are replaced while a test lasts. Thread-safe.
 */
public final class Stubs {

	private final Map<String, StubBody> bodies = new ConcurrentHashMap<>();

	private final Supplier<? extends Iterable<String>> known;

	/**
	 * No step is replaced.
	 * @param known the names of the steps that there are
	 */
	public Stubs(Supplier<? extends Iterable<String>> known) {
		this.known = known;
	}

	/**
	 * Replaces a step.
	 * @param name of the step, or of its method if that is the only one of that name
	 * @throws IllegalArgumentException if there is none, or there are several
	 */
	public void put(String name, StubBody body) {
		this.bodies.put(find(name), body);
	}

	/**
	 * Removes all replacements.
	 */
	public void clear() {
		this.bodies.clear();
	}

	/**
	 * What a step does; null if it does what it always does.
	 */
	@Nullable StubBody of(String step) {
		return this.bodies.get(step);
	}

	private String find(String name) {
		NavigableSet<String> steps = new TreeSet<>();
		this.known.get().forEach(steps::add);
		NavigableSet<String> found = new TreeSet<>();
		for (String step : steps) {
			if (StepName.isMeant(name, step)) {
				found.add(step);
			}
		}
		if (found.size() == 1) {
			return found.getFirst();
		}
		throw new IllegalArgumentException(
				found.isEmpty() ? "no step of this application has the name '" + name + "'. Known are: " + steps
						: "several steps have a method of the name '" + name + "': " + found + ". Use the whole name.");
	}

}
