/**
 * Ownership of a set of runs, and the pipeline by which their changes become durable.
 */
@NullMarked
package io.kraft.engine.partition;

import org.jspecify.annotations.NullMarked;
