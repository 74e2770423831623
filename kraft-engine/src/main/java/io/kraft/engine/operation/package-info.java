/**
 * What the code of a run can ask for: steps, timers, side effects, messages and state,
 * each answered from the journal or done and recorded.
 */
@NullMarked
package io.kraft.engine.operation;

import org.jspecify.annotations.NullMarked;
