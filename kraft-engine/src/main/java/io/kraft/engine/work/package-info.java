/**
 * What the engine has in flight at a moment, so that a test can wait until it is
 * quiescent.
 */
@NullMarked
package io.kraft.engine.work;

import org.jspecify.annotations.NullMarked;
