/**
 * An engine in the hands of a test: its time, its crashes, its store.
 */
@NullMarked
package io.kraft.engine.testing;

import org.jspecify.annotations.NullMarked;
