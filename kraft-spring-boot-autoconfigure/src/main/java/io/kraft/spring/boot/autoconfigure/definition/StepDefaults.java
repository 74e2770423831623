package io.kraft.spring.boot.autoconfigure.definition;

import io.kraft.engine.definition.RetryPolicy;

/**
 * What steps do where their annotation does not say: a bean, made from the properties
 * {@code kraft.step.*}.
 *
 * @param retry how failed attempts are repeated
 */
public record StepDefaults(RetryPolicy retry) {
}
