package io.kraft.spring.boot.autoconfigure.observation;

import java.time.Duration;

import io.micrometer.observation.Observation;

/**
 * Counts nothing.
 */
final class NoMeters implements EngineMeters {

	@Override
	public void begun(String workflow, Duration waited) {
	}

	@Override
	public void fired(Duration lag) {
	}

	@Override
	public void committed(int commits, int sizeBytes, long nanos) {
	}

	@Override
	public void retried(String workflow, String step) {
	}

	@Override
	public void lasted(Observation.Context context, Duration time) {
	}

}
