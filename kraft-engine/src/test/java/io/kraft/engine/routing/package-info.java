/**
 * Tests of which partition has what.
 */
@NullMarked
package io.kraft.engine.routing;

import org.jspecify.annotations.NullMarked;
