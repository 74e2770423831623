/**
 * A store in memory, for tests and trials: it survives a crash that is simulated, and no
 * other.
 */
@NullMarked
package io.kraft.engine.store.memory;

import org.jspecify.annotations.NullMarked;
