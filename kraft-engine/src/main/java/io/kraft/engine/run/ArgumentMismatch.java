package io.kraft.engine.run;

/**
 * What happens when a step's arguments differ on replay from the recorded ones: the first
 * sign of clocks or random numbers in workflow code.
 */
public enum ArgumentMismatch {

	/** A warning, once per run. */
	WARN,

	/** The run is paused with {@code KRAFT-1001}. */
	PAUSE,

	/** Nothing. */
	IGNORE

}
