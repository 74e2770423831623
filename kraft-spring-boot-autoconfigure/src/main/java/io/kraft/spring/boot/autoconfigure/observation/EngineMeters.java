package io.kraft.spring.boot.autoconfigure.observation;

import java.time.Duration;

import io.micrometer.observation.Observation;

/**
 * Meters of what is not an observation.
 */
interface EngineMeters {

	/** No meters: the application has no registry for them. */
	EngineMeters NONE = new NoMeters();

	void begun(String workflow, Duration waited);

	void fired(Duration lag);

	void committed(int commits, int sizeBytes, long nanos);

	void retried(String workflow, String step);

	/**
	 * Lets the timer of an observation that is about to stop count a time that began
	 * before it.
	 */
	void lasted(Observation.Context context, Duration time);

}
