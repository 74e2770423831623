/**
 * The execution of a partition's runs as a whole, between one start of the engine and its
 * stop: what it is made of, and whether it takes work.
 */
@NullMarked
package io.kraft.engine.execution;

import org.jspecify.annotations.NullMarked;
