/**
 * How many bytes are in memory of what somebody else decides the size of.
 */
@NullMarked
package io.kraft.engine.memory;

import org.jspecify.annotations.NullMarked;
