package io.kraft.engine.execution;

import java.time.Duration;
import java.util.Map;

import io.kraft.client.IfExists;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to be started.
 *
 * @param id null leaves it to chance
 * @param timeout of the whole run; null means none
 * @param delay zero or more
 * @param trace that it is started in; empty if in none
 * @param history what it keeps of another run; null if nothing
 */
public record StartRequest(WorkflowDefinition workflow, Payload arguments, @Nullable String id,
		@Nullable Duration timeout, Duration delay, int priority, Map<String, String> tags, IfExists ifExists,
		Map<String, String> trace, RunRevival.@Nullable History history) {
}
