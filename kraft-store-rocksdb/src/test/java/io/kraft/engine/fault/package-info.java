/**
 * Real faults: processes that are stopped, starved, cut off from their disk or given
 * hostile code, and what is left of their runs.
 */
@NullMarked
package io.kraft.engine.fault;

import org.jspecify.annotations.NullMarked;
