package io.kraft.engine.routing;

import io.kraft.engine.journal.Outcome;
import io.kraft.engine.store.RunRow;

/**
 * How a run has ended; durable.
 *
 * @param row with a terminal status
 */
public record Completion(RunRow row, Outcome outcome) {
}
