/**
 * The page {@code docs/internals/reliability.md}: which test proves what, and with which
 * result.
 */
@NullMarked
package io.kraft.engine.reliability;

import org.jspecify.annotations.NullMarked;
