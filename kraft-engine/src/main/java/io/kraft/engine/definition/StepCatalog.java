package io.kraft.engine.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.kraft.workflow.UnknownStepException;

/**
 * The steps of this application by their names. Immutable.
 * <p>
 * Several methods may share a name, as overloads do. They can be called as methods, but
 * not by that name.
 */
public final class StepCatalog {

	private final NavigableMap<String, List<NamedStep>> byName = new TreeMap<>();

	/**
	 * A catalog of the given steps.
	 */
	public StepCatalog(Collection<NamedStep> steps) {
		steps.forEach((step) -> this.byName.computeIfAbsent(step.definition().name(), (name) -> new ArrayList<>(1))
			.add(step));
	}

	/**
	 * The one step of a name.
	 * @throws UnknownStepException if no step has the name, or several have
	 */
	public NamedStep find(String name) {
		List<NamedStep> found = this.byName.getOrDefault(name, List.of());
		if (found.size() == 1) {
			return found.getFirst();
		}
		if (found.isEmpty()) {
			throw new UnknownStepException("no bean of this application defines the step '" + name + "'. Known are: "
					+ known()
					+ ". Define it, or give a renamed method its old name. See docs/reference/errors.md#kraft-1010",
					null, name);
		}
		throw new UnknownStepException("several methods are the step '" + name + "': "
				+ found.stream().map(NamedStep::origin).collect(Collectors.joining("; "))
				+ ". Give each a name of its own: @Step(name = \"...\"). See docs/reference/errors.md#kraft-1010", null,
				name);
	}

	/**
	 * The names of all.
	 */
	public Set<String> names() {
		return Collections.unmodifiableSet(this.byName.keySet());
	}

	private String known() {
		return this.byName.isEmpty() ? "none"
				: this.byName.keySet().stream().map((name) -> "'" + name + "'").collect(Collectors.joining(", "));
	}

}
