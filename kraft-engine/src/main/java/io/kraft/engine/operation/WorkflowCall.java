package io.kraft.engine.operation;

import io.kraft.engine.definition.WorkflowDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A call of a workflow that was recorded instead of executed.
 */
@SuppressWarnings("ArrayRecordComponent") // Calls are handed on, never compared.
public record WorkflowCall(WorkflowDefinition workflow, @Nullable Object[] arguments) {
}
