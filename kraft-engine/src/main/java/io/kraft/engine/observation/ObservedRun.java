package io.kraft.engine.observation;

import java.time.Duration;
import java.util.Map;

/**
 * A run, as its observer sees it.
 *
 * @param id chosen at the start; of unbounded variety, so never a tag of a metric
 * @param workflow name of the workflow
 * @param version of the workflow
 * @param before how long ago its start was called, where it executed before and was
 * loaded again; zero for a run that is new
 * @param trace that it was started in, as {@link EngineObserver#traceContext()} returned
 * it; empty if in none
 */
public record ObservedRun(String id, String workflow, int version, Duration before, Map<String, String> trace) {
}
