package io.kraft.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * How the engine is: a snapshot that costs nothing to take.
 *
 * @param state whether it takes work
 * @param cause why it stopped taking work by itself; empty unless {@link State#FAILED}
 * @param epoch of its ownership; 0 before the start
 * @param executingRuns runs that execute now
 * @param waitingRuns runs that wait, in memory
 * @param queuedCommits commits that wait to be written
 * @param commitLag for how long the disk has been writing the present batch of commits;
 * zero if none is written
 */
public record EngineHealth(State state, Optional<Throwable> cause, long epoch, int executingRuns, int waitingRuns,
		int queuedCommits, Duration commitLag) {

	/**
	 * Where the engine is in its life.
	 */
	public enum State {

		/** Not started yet. */
		NEW,

		/** Takes work. */
		RUNNING,

		/** Lets running steps finish, takes no work. */
		STOPPING,

		/** Stopped on request. */
		STOPPED,

		/** Stopped by itself, because its store failed or has another owner. */
		FAILED

	}

}
