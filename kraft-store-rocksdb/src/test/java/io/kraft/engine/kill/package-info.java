/**
 * A real process, killed again and again.
 */
@NullMarked
package io.kraft.engine.kill;

import org.jspecify.annotations.NullMarked;
