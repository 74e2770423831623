package io.kraft.engine.execution.run;

import org.jspecify.annotations.Nullable;

/**
 * What a loaded run does at this moment, for people. Known in memory only.
 *
 * @param currentStep the step it is in or retries; null outside steps
 * @param attempt of that step, from 1; 0 outside steps
 * @param waitingFor what will wake it; null while it executes
 */
public record Activity(@Nullable String currentStep, int attempt, @Nullable String waitingFor) {

	/** The workflow's own code executes. */
	public static final Activity NONE = new Activity(null, 0, null);

}
