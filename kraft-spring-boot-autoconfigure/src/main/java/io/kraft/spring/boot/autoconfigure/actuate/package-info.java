/**
 * Kraft in the actuator: the endpoints for runs, schedules and queues, the health of the
 * engine, and what it tells of itself.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
