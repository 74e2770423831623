package io.kraft.spring.boot.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.WorkQueue;

/**
 * A queue is declared by one bean.
 */
final class WorkQueueNames {

	private WorkQueueNames() {
	}

	/**
	 * The queues that beans declare.
	 * @param beans by their names
	 * @throws InvalidDefinitionException if several declare a queue of one name
	 */
	static Collection<WorkQueue> check(Map<String, WorkQueue> beans) {
		Map<String, List<String>> byQueue = beans.entrySet()
			.stream()
			.collect(Collectors.groupingBy((bean) -> bean.getValue().name(), TreeMap::new,
					Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
		String problems = byQueue.entrySet()
			.stream()
			.filter((queue) -> queue.getValue().size() > 1)
			.map((queue) -> "queue '" + queue.getKey() + "' is declared by several beans: '"
					+ String.join("', '", queue.getValue()) + "'")
			.collect(Collectors.joining("; "));
		if (!problems.isEmpty()) {
			throw new InvalidDefinitionException(problems
					+ ". Keep one of them, or give the others another name. See docs/reference/errors.md#kraft-1003");
		}
		return beans.values();
	}

}
