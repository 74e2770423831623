/**
 * A test of the tests: faults that are planted in what surrounds the engine, one by one,
 * and must be found by the simulation.
 */
@NullMarked
package io.kraft.engine.planted;

import org.jspecify.annotations.NullMarked;
