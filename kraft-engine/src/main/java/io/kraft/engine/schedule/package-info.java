/**
 * Starts runs at the ticks of schedules: one for each tick, whatever crashes there are.
 */
@NullMarked
package io.kraft.engine.schedule;

import org.jspecify.annotations.NullMarked;
