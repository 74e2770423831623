package io.kraft.spring.boot.autoconfigure.observation;

import java.util.Map;

import io.kraft.engine.observation.ObservedRun;
import io.kraft.engine.observation.RunOutcome;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * The observation {@code kraft.workflow}: a run, from when it began to execute in this
 * process, or was loaded, until it left memory. It carries the trace that started the
 * run, so that its span belongs there.
 */
public final class WorkflowObservationContext extends ReceiverContext<Map<String, String>> {

	private final ObservedRun run;

	private @Nullable RunOutcome outcome;

	WorkflowObservationContext(ObservedRun run) {
		super(Map::get, Kind.CONSUMER);
		this.run = run;
		setCarrier(run.trace());
	}

	/**
	 * The run.
	 */
	public ObservedRun run() {
		return this.run;
	}

	/**
	 * How it left memory; null before.
	 */
	public @Nullable RunOutcome outcome() {
		return this.outcome;
	}

	void outcome(RunOutcome outcome) {
		this.outcome = outcome;
	}

}
