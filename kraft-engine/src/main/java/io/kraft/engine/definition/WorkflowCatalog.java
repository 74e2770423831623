package io.kraft.engine.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.UnknownWorkflowException;

/**
 * The workflows that this application can run. Immutable.
 */
public final class WorkflowCatalog {

	private final Map<String, NavigableMap<Integer, WorkflowDefinition>> byName = new HashMap<>();

	/**
	 * A catalog of the given workflows.
	 * @throws InvalidDefinitionException if a name and version is used twice
	 */
	public WorkflowCatalog(Collection<WorkflowDefinition> definitions) {
		for (WorkflowDefinition definition : definitions) {
			if (QueueCatalog.isWorkflowName(definition.name())) {
				throw new InvalidDefinitionException("workflow '" + definition.name()
						+ "' has the name of a queue's items. Give it another one. See docs/reference/errors.md#kraft-1003");
			}
			WorkflowDefinition other = this.byName.computeIfAbsent(definition.name(), (name) -> new TreeMap<>())
				.putIfAbsent(definition.version(), definition);
			if (other != null) {
				throw new InvalidDefinitionException("workflow '" + definition.name() + "' version "
						+ definition.version() + " is defined twice. Give one of them another name or version. "
						+ "See docs/reference/errors.md#kraft-1003");
			}
		}
	}

	/**
	 * The highest version of a name.
	 * @throws UnknownWorkflowException if it is not defined
	 */
	public WorkflowDefinition latest(String name) {
		NavigableMap<Integer, WorkflowDefinition> versions = this.byName.get(name);
		if (versions == null) {
			throw new UnknownWorkflowException("no bean of this application defines the workflow '" + name
					+ "'. Known are: " + known() + ". See docs/reference/errors.md#kraft-1006", null, name, null);
		}
		return versions.lastEntry().getValue();
	}

	/**
	 * The definition of a name and version.
	 * @throws UnknownWorkflowException if it is not defined
	 */
	public WorkflowDefinition get(String name, int version) {
		NavigableMap<Integer, WorkflowDefinition> versions = this.byName.get(name);
		WorkflowDefinition found = (versions != null) ? versions.get(version) : null;
		if (found == null) {
			throw new UnknownWorkflowException("no bean of this application defines the workflow '" + name
					+ "' in version " + version + ". Known are: " + known()
					+ ". Deploy it again, or give the renamed method its old name. See docs/reference/errors.md#kraft-1006",
					null, name, version);
		}
		return found;
	}

	/**
	 * All of them, in the order of their names and versions.
	 */
	public List<WorkflowDefinition> all() {
		return new TreeMap<>(this.byName).values().stream().flatMap((versions) -> versions.values().stream()).toList();
	}

	/**
	 * How many runs of a workflow may have begun and not ended, by its highest version;
	 * without those that have no limit.
	 */
	public Map<String, Integer> limits() {
		Map<String, Integer> limits = new HashMap<>();
		this.byName.forEach((name, versions) -> {
			int limit = versions.lastEntry().getValue().maxConcurrent();
			if (limit > 0) {
				limits.put(name, limit);
			}
		});
		return limits;
	}

	/**
	 * The known names with their versions, for messages.
	 */
	public String known() {
		String known = this.byName.values()
			.stream()
			.flatMap((versions) -> versions.values().stream())
			.sorted(Comparator.comparing(WorkflowDefinition::toString))
			.map((definition) -> "'" + definition.name() + "' version " + definition.version())
			.collect(Collectors.joining(", "));
		return known.isEmpty() ? "none" : known;
	}

}
