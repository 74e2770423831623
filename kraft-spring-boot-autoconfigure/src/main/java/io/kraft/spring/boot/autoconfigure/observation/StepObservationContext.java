package io.kraft.spring.boot.autoconfigure.observation;

import io.kraft.engine.observation.AttemptOutcome;
import io.kraft.engine.observation.ObservedRun;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * The observation {@code kraft.step}: an attempt of a step. A step that is answered from
 * the journal is not observed.
 */
public final class StepObservationContext extends Observation.Context {

	private final ObservedRun run;

	private final String step;

	private final int attempt;

	private @Nullable AttemptOutcome outcome;

	StepObservationContext(ObservedRun run, String step, int attempt) {
		this.run = run;
		this.step = step;
		this.attempt = attempt;
	}

	/**
	 * The run whose step it is.
	 */
	public ObservedRun run() {
		return this.run;
	}

	/**
	 * The step's name.
	 */
	public String step() {
		return this.step;
	}

	/**
	 * Which attempt, from 1.
	 */
	public int attempt() {
		return this.attempt;
	}

	/**
	 * How it ended; null before.
	 */
	public @Nullable AttemptOutcome outcome() {
		return this.outcome;
	}

	void outcome(AttemptOutcome outcome) {
		this.outcome = outcome;
	}

}
