/**
 * A store whose payloads are encrypted, each for its location.
 */
@NullMarked
package io.kraft.engine.store.encrypted;

import org.jspecify.annotations.NullMarked;
