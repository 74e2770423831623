/**
 * The extension point for measuring and tracing what the engine does: no library is named
 * here.
 */
@NullMarked
package io.kraft.engine.observation;

import org.jspecify.annotations.NullMarked;
