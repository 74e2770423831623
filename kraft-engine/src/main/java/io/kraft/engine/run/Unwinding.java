package io.kraft.engine.run;

import java.util.List;

import io.kraft.engine.store.Timer;

/**
 * Why a run's stack is unwound.
 */
public sealed interface Unwinding {

	/** The engine stops: nothing more is recorded. */
	record Stopped() implements Unwinding {
	}

	/** The run waits, and is taken out of memory until something comes. */
	record Unloaded(List<Timer> timers) implements Unwinding {
	}

	/** The run cannot continue; it keeps its journal as it is. */
	record Paused(String reason) implements Unwinding {
	}

	/**
	 * The run continues with a fresh journal.
	 */
	record Continued() implements Unwinding {
	}

	/**
	 * The run was ended by an operator.
	 */
	record Terminated() implements Unwinding {
	}

}
