/**
 * The client of an engine in the same process.
 */
@NullMarked
package io.kraft.engine.client;

import org.jspecify.annotations.NullMarked;
