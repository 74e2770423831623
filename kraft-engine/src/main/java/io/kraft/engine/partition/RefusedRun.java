package io.kraft.engine.partition;

import io.kraft.engine.store.RefusedChangeException;

/**
 * A run of which a commit was refused, so that its journal must not be continued.
 *
 * @param run its number
 * @param refusal why nothing of the commit was written
 */
public record RefusedRun(long run, RefusedChangeException refusal) {
}
