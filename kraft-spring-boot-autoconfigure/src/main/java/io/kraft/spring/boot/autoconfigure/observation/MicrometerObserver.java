package io.kraft.spring.boot.autoconfigure.observation;

import java.time.Duration;
import java.util.Map;

import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.observation.ObservedRun;
import io.kraft.engine.observation.RunObservation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Turns what the engine does into Micrometer's observations and meters.
 */
final class MicrometerObserver implements EngineObserver {

	private final ObservationRegistry registry;

	private final WorkflowObservationConvention workflows;

	private final StepObservationConvention steps;

	private final TraceSource trace;

	private final EngineMeters meters;

	MicrometerObserver(ObservationRegistry registry, WorkflowObservationConvention workflows,
			StepObservationConvention steps, TraceSource trace, EngineMeters meters) {
		this.registry = registry;
		this.workflows = workflows;
		this.steps = steps;
		this.trace = trace;
		this.meters = meters;
	}

	@Override
	public Map<String, String> traceContext() {
		return this.trace.current();
	}

	@Override
	public RunObservation observe(ObservedRun run) {
		WorkflowObservationContext context = new WorkflowObservationContext(run);
		Observation observation = Observation.start(this.workflows, () -> context, this.registry);
		return new ObservedExecution(context, observation, this.registry, this.steps, this.meters);
	}

	@Override
	public void begun(String workflow, Duration waited) {
		this.meters.begun(workflow, waited);
	}

	@Override
	public void fired(Duration lag) {
		this.meters.fired(lag);
	}

	@Override
	public void committed(int commits, int sizeBytes, long nanos) {
		this.meters.committed(commits, sizeBytes, nanos);
	}

}
