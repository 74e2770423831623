/**
 * The one implementation of {@link io.kraft.engine.store.Store}, over ordered keys, and
 * the small SPI below it that each medium implements.
 */
@NullMarked
package io.kraft.engine.store.kv;

import org.jspecify.annotations.NullMarked;
