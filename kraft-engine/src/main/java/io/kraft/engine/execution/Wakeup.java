package io.kraft.engine.execution;

import io.kraft.engine.store.Timer;
import org.jspecify.annotations.Nullable;

/**
 * A run that may be able to continue.
 *
 * @param run its number
 * @param timer that is due; null if it was something else
 */
record Wakeup(long run, @Nullable Timer timer, Cause cause) {

	static Wakeup by(Timer timer) {
		return new Wakeup(timer.run(), timer, Cause.EVENT);
	}

	static Wakeup of(long run, Cause cause) {
		return new Wakeup(run, null, cause);
	}

	/**
	 * Why it may.
	 */
	enum Cause {

		/** A timer, or a message. */
		EVENT,

		/** Its turn has come, and it has a place. */
		TURN,

		/** It has left memory, where something came that it may not have seen. */
		LEFT,

		/** It was paused, and the engine has started again. */
		RESTART

	}

}
