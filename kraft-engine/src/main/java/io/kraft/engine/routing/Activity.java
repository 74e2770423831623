package io.kraft.engine.routing;

import java.time.Instant;

import io.kraft.engine.journal.Position;
import org.jspecify.annotations.Nullable;

/**
 * What a branch of a loaded run does at this moment, for people. Known in memory only.
 *
 * @param position of the step it is in or retries; null outside steps
 * @param currentStep that step; null outside steps
 * @param attempt of that step, from 1; 0 outside steps
 * @param calledAt when the step was called here; null outside steps
 * @param since when that attempt, or the wait for it, began; null outside steps
 * @param waitingFor what will wake it; null while it executes
 */
public record Activity(@Nullable Position position, @Nullable String currentStep, int attempt,
		@Nullable Instant calledAt, @Nullable Instant since, @Nullable String waitingFor) {

	/** The workflow's own code executes. */
	public static final Activity NONE = new Activity(null, null, 0, null, null, null);

	/**
	 * The workflow's own code waits for something that only the memory knows of.
	 */
	public static Activity waitingFor(String what) {
		return new Activity(null, null, 0, null, null, what);
	}

	/**
	 * Whether it is in a step that was called before a time.
	 */
	public boolean isSince(Instant calledBefore) {
		return this.calledAt != null && this.calledAt.isBefore(calledBefore);
	}

}
