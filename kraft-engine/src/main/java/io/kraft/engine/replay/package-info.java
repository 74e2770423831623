/**
 * Replays the journals of runs against the present code, without touching the runs.
 */
@NullMarked
package io.kraft.engine.replay;

import org.jspecify.annotations.NullMarked;
