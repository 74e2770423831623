package io.kraft.client;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a run, as its journal holds it: what it ended with, or, while it
 * has not ended, the last failed attempt among its open operations.
 *
 * @param id of the run
 * @param status of the run
 * @param operation that failed; null where the code of the workflow failed by itself
 * @param failure with its causes
 * @param stackTrace as {@link Throwable#printStackTrace()} has it, causes included; each
 * exception has its innermost 32 frames
 * @since 0.1.0
 */
public record RunFailure(String id, WorkflowStatus status, @Nullable FailedOperation operation, FailureView failure,
		String stackTrace) {
}
