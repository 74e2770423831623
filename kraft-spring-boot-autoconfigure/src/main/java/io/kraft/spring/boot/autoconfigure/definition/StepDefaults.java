package io.kraft.spring.boot.autoconfigure.definition;

import io.kraft.engine.definition.RetryPolicy;

/**
 * Defaults for what the annotations of steps leave out: a bean, made from the properties
 * {@code kraft.defaults.step.*}.
 *
 * @param retry how failed attempts are repeated
 */
public record StepDefaults(RetryPolicy retry) {
}
