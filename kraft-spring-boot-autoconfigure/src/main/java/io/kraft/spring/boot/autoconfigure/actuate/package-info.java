/**
 * Kraft in the actuator: the endpoints for runs, schedules and queues, the health of the
 * engine, and its contribution to the info endpoint.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
