package io.kraft.engine.observation;

import java.time.Duration;
import java.util.Map;

/**
 * Is notified of what the engine does, to measure it and to trace it. Thread-safe. Its
 * methods are called where speed counts and must not block; what they throw is logged and
 * harms no run.
 */
public interface EngineObserver {

	/** Observes nothing. */
	EngineObserver NONE = new NoObserver();

	/**
	 * The trace that the calling thread is part of, as the fields of a header that
	 * propagates it; empty if it is part of none. What is returned when a run is started
	 * is kept with the run for ever: a few short fields.
	 */
	Map<String, String> traceContext();

	/**
	 * A run begins to execute here, or resumes after it was loaded. Called on the run's
	 * own thread.
	 */
	RunObservation observe(ObservedRun run);

	/**
	 * A run executes for the first time.
	 * @param workflow its workflow's name
	 * @param waited since its start was called, or since the end of its delay
	 */
	void begun(String workflow, Duration waited);

	/**
	 * A timer has fired.
	 * @param lag since it was due; not negative
	 */
	void fired(Duration lag);

	/**
	 * A batch is durable.
	 * @param commits that shared the write, at least 1
	 * @param sizeBytes about how large it was
	 * @param nanos how long the write took, fsync included
	 */
	void committed(int commits, int sizeBytes, long nanos);

}
