/**
 * The time of a test: a clock that it moves, and how it waits until nothing happens any
 * more.
 */
@NullMarked
package io.kraft.test.time;

import org.jspecify.annotations.NullMarked;
