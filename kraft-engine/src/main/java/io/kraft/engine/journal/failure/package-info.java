/**
 * Exceptions as data, and back: what the journal keeps of a step's exception, and what
 * the workflow gets.
 */
@NullMarked
package io.kraft.engine.journal.failure;

import org.jspecify.annotations.NullMarked;
