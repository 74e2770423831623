/**
 * The disk of a test, which survives the crashes of the engine, and where one comes.
 */
@NullMarked
package io.kraft.test.store;

import org.jspecify.annotations.NullMarked;
