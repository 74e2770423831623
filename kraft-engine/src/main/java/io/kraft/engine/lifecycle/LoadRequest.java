package io.kraft.engine.lifecycle;

import io.kraft.engine.store.Timer;
import org.jspecify.annotations.Nullable;

/**
 * A run that may be able to continue.
 *
 * @param run its number
 * @param timer that is due; null if it was something else
 */
record LoadRequest(long run, @Nullable Timer timer, Cause cause) {

	static LoadRequest by(Timer timer) {
		return new LoadRequest(timer.run(), timer, Cause.EVENT);
	}

	static LoadRequest of(long run, Cause cause) {
		return new LoadRequest(run, null, cause);
	}

	/**
	 * Why it may.
	 */
	enum Cause {

		/** A timer, or a message. */
		EVENT,

		/** Its turn has come, and it has a place. */
		TURN,
		/**
		 * It was executing when the engine last stopped. If it waits for its turn by now,
		 * it has none: it was loaded, and has left memory, before.
		 */
		INTERRUPTED,

		/** It has left memory, where something came that it may not have seen. */
		LEFT,

		/** It was paused, and the engine has started again. */
		RESTART

	}

}
