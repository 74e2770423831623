/**
 * The threads of the engine: how they are made, and what happens when one that the engine
 * needs ends unexpectedly.
 */
@NullMarked
package io.kraft.engine.supervision;

import org.jspecify.annotations.NullMarked;
