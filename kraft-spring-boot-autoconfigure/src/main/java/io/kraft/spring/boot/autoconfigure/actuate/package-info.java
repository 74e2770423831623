/**
 * Kraft in the actuator: the endpoint {@code workflows} and the health of the engine.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
