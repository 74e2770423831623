package io.kraft.client;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a run without reading its journal: a snapshot.
 *
 * @param id chosen at the start
 * @param name workflow name
 * @param version of the workflow that the run began with
 * @param status where the run is in its lifecycle
 * @param reason why it is paused, beginning with the code of the error
 * @param failure type and message of the exception that ended it, with those of its
 * causes and of what it suppresses; {@link WorkflowClient#failure} has more
 * @param tags labels given at the start
 * @param priority higher ones go first
 * @param parentId the run that started this one as a child
 * @param createdAt when the start was called
 * @param startedAt when it first executed
 * @param finishedAt when it ended
 * @param currentStep the step it is in, or retries
 * @param attempt of the current step, 1 for the first; 0 outside steps
 * @param waitingFor what will wake it
 */
public record WorkflowDescription(String id, String name, int version, WorkflowStatus status, Optional<String> reason,
		Optional<String> failure, Map<String, String> tags, int priority, Optional<String> parentId, Instant createdAt,
		Optional<Instant> startedAt, Optional<Instant> finishedAt, Optional<String> currentStep, int attempt,
		Optional<String> waitingFor) {

	public WorkflowDescription {
		tags = Map.copyOf(tags);
	}

}
