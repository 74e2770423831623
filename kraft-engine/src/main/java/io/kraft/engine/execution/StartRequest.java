package io.kraft.engine.execution;

import java.util.Map;

import io.kraft.client.IfExists;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to be started.
 *
 * @param id null leaves it to chance
 */
public record StartRequest(WorkflowDefinition workflow, Payload arguments, @Nullable String id,
		Map<String, String> tags, IfExists ifExists) {
}
