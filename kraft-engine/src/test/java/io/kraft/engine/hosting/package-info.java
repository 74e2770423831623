/**
 * Tests of engines of several partitions.
 */
@NullMarked
package io.kraft.engine.hosting;

import org.jspecify.annotations.NullMarked;
