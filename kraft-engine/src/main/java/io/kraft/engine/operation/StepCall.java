package io.kraft.engine.operation;

import io.kraft.engine.definition.StepDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A call of a step that was recorded instead of executed.
 */
@SuppressWarnings("ArrayRecordComponent") // Calls are handed on, never compared.
public record StepCall(StepDefinition step, @Nullable Object[] arguments) {
}
