/**
 * The states of a run and the one table of legal transitions between them. Pure: no
 * store, no clock, no thread.
 */
@NullMarked
package io.kraft.engine.state;

import org.jspecify.annotations.NullMarked;
