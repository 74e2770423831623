package io.kraft.engine.observation;

import org.jspecify.annotations.Nullable;

/**
 * Observes nothing of a run.
 */
final class NoRunObservation implements RunObservation {

	private static final Scope NO_SCOPE = () -> {
	};

	private static final AttemptObservation NO_ATTEMPT = (outcome, failure) -> {
	};

	@Override
	public Scope enter() {
		return NO_SCOPE;
	}

	@Override
	public AttemptObservation attempt(String step, int attempt) {
		return NO_ATTEMPT;
	}

	@Override
	public void end(RunOutcome outcome, @Nullable String failure) {
	}

}
