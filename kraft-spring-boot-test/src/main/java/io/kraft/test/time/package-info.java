/**
 * The time of a test: a clock that it moves, and how it waits until the engine is
 * quiescent.
 */
@NullMarked
package io.kraft.test.time;

import org.jspecify.annotations.NullMarked;
