package io.kraft.engine.observation;

import org.jspecify.annotations.Nullable;

/**
 * An attempt of a step.
 */
@FunctionalInterface
public interface AttemptObservation {

	/**
	 * The attempt is over. Called once, by the thread that began it.
	 * @param failure what it has thrown, or the same without tokens of callbacks; null if
	 * it did not fail
	 */
	void end(AttemptOutcome outcome, @Nullable Throwable failure);

}
