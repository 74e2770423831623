/**
 * Wake-ups at a time: the extension point through which time enters the engine, and the
 * timers of runs.
 */
@NullMarked
package io.kraft.engine.timer;

import org.jspecify.annotations.NullMarked;
