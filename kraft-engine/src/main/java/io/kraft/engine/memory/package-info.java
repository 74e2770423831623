/**
 * How many bytes are in memory of what a caller decides the size of.
 */
@NullMarked
package io.kraft.engine.memory;

import org.jspecify.annotations.NullMarked;
