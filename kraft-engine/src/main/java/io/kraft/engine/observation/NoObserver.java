package io.kraft.engine.observation;

import java.time.Duration;
import java.util.Map;

/**
 * Observes nothing.
 */
final class NoObserver implements EngineObserver {

	@Override
	public Map<String, String> traceContext() {
		return Map.of();
	}

	@Override
	public RunObservation observe(ObservedRun run) {
		return RunObservation.NONE;
	}

	@Override
	public void begun(String workflow, Duration waited) {
	}

	@Override
	public void fired(Duration lag) {
	}

	@Override
	public void committed(int commits, int sizeBytes, long nanos) {
	}

}
