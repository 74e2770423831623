/**
 * A store in memory, for tests and trials: it survives a simulated crash, and no other.
 */
@NullMarked
package io.kraft.engine.store.memory;

import org.jspecify.annotations.NullMarked;
