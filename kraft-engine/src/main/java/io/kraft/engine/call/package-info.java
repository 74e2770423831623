/**
 * The way in for calls on beans: whether one is a start, a child, a step or a plain call,
 * on which threads it may block, and for how long.
 */
@NullMarked
package io.kraft.engine.call;

import org.jspecify.annotations.NullMarked;
