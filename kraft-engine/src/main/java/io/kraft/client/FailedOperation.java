package io.kraft.client;

/**
 * The operation of a run whose failure is, or has brought about, the failure of the run.
 *
 * @param position path of the operation, as {@link JournalView#position()}
 * @param kind as {@link JournalView#kind()}
 * @param name of the step or the side effect
 * @param attempts how many were made, at least 1
 */
public record FailedOperation(String position, String kind, String name, int attempts) {
}
