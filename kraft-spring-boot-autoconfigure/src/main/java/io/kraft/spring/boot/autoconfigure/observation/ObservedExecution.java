package io.kraft.spring.boot.autoconfigure.observation;

import java.time.Duration;

import io.kraft.engine.observation.AttemptObservation;
import io.kraft.engine.observation.AttemptOutcome;
import io.kraft.engine.observation.RunObservation;
import io.kraft.engine.observation.RunOutcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A run in memory, as the observation {@code kraft.workflow}, with an observation
 * {@code kraft.step} below it for each attempt of a step.
 */
final class ObservedExecution implements RunObservation {

	private final WorkflowObservationContext context;

	private final Observation observation;

	private final ObservationRegistry registry;

	private final StepObservationConvention steps;

	private final EngineMeters meters;

	private final long loadedAt = System.nanoTime();

	ObservedExecution(WorkflowObservationContext context, Observation observation, ObservationRegistry registry,
			StepObservationConvention steps, EngineMeters meters) {
		this.context = context;
		this.observation = observation;
		this.registry = registry;
		this.steps = steps;
		this.meters = meters;
	}

	@Override
	public Scope enter() {
		Observation.Scope scope = this.observation.openScope();
		return scope::close;
	}

	@Override
	public AttemptObservation attempt(String step, int attempt) {
		StepObservationContext context = new StepObservationContext(this.context.run(), step, attempt);
		Observation observation = Observation.createNotStarted(this.steps, () -> context, this.registry)
			.parentObservation(this.observation)
			.start();
		Observation.Scope scope = observation.openScope();
		return (outcome, failure) -> {
			scope.close();
			end(context, observation, outcome, failure);
		};
	}

	private void end(StepObservationContext context, Observation observation, AttemptOutcome outcome,
			@Nullable Throwable failure) {
		context.outcome(outcome);
		if (failure != null) {
			observation.error(failure);
		}
		observation.stop();
		if (outcome == AttemptOutcome.RETRIED) {
			this.meters.retried(context.run().workflow(), context.step());
		}
	}

	@Override
	public void end(RunOutcome outcome, @Nullable String failure) {
		this.context.outcome(outcome);
		if (failure != null) {
			this.observation.error(new RunFailure(failure));
		}
		if (isEnd(outcome) && !this.context.run().before().isZero()) {
			Duration here = Duration.ofNanos(System.nanoTime() - this.loadedAt);
			this.meters.lasted(this.context, this.context.run().before().plus(here));
		}
		this.observation.stop();
	}

	private static boolean isEnd(RunOutcome outcome) {
		return switch (outcome) {
			case COMPLETED, FAILED, CANCELLED, TIMED_OUT, TERMINATED, DEAD -> true;
			case SUSPENDED, PAUSED, CONTINUED, STOPPED -> false;
		};
	}

	/**
	 * The failure of a run, as its journal holds it: without the stack trace, which is in
	 * the log of the step.
	 */
	private static final class RunFailure extends RuntimeException {

		private static final long serialVersionUID = 1L;

		RunFailure(String summary) {
			super(summary, null, false, false);
		}

	}

}
