package io.kraft.engine.observation;

import org.jspecify.annotations.Nullable;

/**
 * A run, from when it began to execute here, or was loaded, until it left memory.
 * Thread-safe.
 */
public interface RunObservation {

	/** Observes nothing. */
	RunObservation NONE = new NoRunObservation();

	/**
	 * The calling thread begins to execute code of the run: its own thread, and that of
	 * each branch.
	 * @return closed by the same thread when it stops executing it
	 */
	Scope enter();

	/**
	 * An attempt of a step begins, on a thread that has entered. A step that is replayed
	 * from the journal has none.
	 * @param step its name
	 * @param attempt from 1
	 * @return ended by the same thread
	 */
	AttemptObservation attempt(String step, int attempt);

	/**
	 * The run is over here. Called once, after the scopes were closed.
	 * @param failure type and message of what it ended with; null if it did not fail
	 */
	void end(RunOutcome outcome, @Nullable String failure);

	/**
	 * The time in which a thread executes code of a run.
	 */
	interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
