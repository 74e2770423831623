/**
 * What the engine has in hand at a moment, so that a test can wait until it has nothing.
 */
@NullMarked
package io.kraft.engine.work;

import org.jspecify.annotations.NullMarked;
