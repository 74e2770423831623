/**
 * What the surfaces for operators, the actuator and the web API, have in common: how an
 * error is answered, and whether payloads are shown.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.operator;

import org.jspecify.annotations.NullMarked;
