/**
 * The seam at which what the engine does is measured and traced: no library is named
 * here.
 */
@NullMarked
package io.kraft.engine.observation;

import org.jspecify.annotations.NullMarked;
