package io.kraft.client;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a run without reading its journal: a snapshot.
 *
 * @param id chosen at the start
 * @param name workflow name
 * @param version of the workflow that the run began with
 * @param status where the run is in its lifecycle
 * @param reason why it is paused, beginning with the code of the error; null unless it is
 * @param failure type and message of the exception that ended it, with those of its
 * causes and of what it suppresses; {@link RunInspection#failure} has more; null if none
 * has
 * @param tags labels given at the start
 * @param priority higher ones go first
 * @param parentId the run that started this one as a child; null if none did
 * @param createdAt when the start was called
 * @param startedAt when it first executed; null before
 * @param finishedAt when it ended; null before
 * @param currentStep the step it is in, or retries; null outside steps
 * @param attempt of the current step, 1 for the first; 0 outside steps
 * @param waitingFor what will wake it; null if it does not wait
 * @since 0.1.0
 */
public record WorkflowDescription(String id, String name, int version, WorkflowStatus status, @Nullable String reason,
		@Nullable String failure, Map<String, String> tags, int priority, @Nullable String parentId, Instant createdAt,
		@Nullable Instant startedAt, @Nullable Instant finishedAt, @Nullable String currentStep, int attempt,
		@Nullable String waitingFor) {

	public WorkflowDescription {
		tags = Map.copyOf(tags);
	}

}
