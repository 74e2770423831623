/**
 * Starts runs at the fire times of schedules: one for each, whatever crashes there are.
 */
@NullMarked
package io.kraft.engine.schedule;

import org.jspecify.annotations.NullMarked;
