package io.kraft.engine.routing;

/**
 * A run that was started, or found.
 *
 * @param id by which clients know it
 * @param number which of the runs that had this id
 */
public record StartedRun(String id, long number) {
}
