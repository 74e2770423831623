package io.kraft.spring.boot.autoconfigure.actuate;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A run, with the components of {@link WorkflowDescription}; what is not known is null.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WorkflowDescriptor(String id, String name, int version, WorkflowStatus status, @Nullable String reason,
		@Nullable String failure, Map<String, String> tags, int priority, @Nullable String parentId, Instant createdAt,
		@Nullable Instant startedAt, @Nullable Instant finishedAt, @Nullable String currentStep, int attempt,
		@Nullable String waitingFor) implements OperationResponseBody {

	static WorkflowDescriptor of(WorkflowDescription run) {
		return new WorkflowDescriptor(run.id(), run.name(), run.version(), run.status(), run.reason(), run.failure(),
				run.tags(), run.priority(), run.parentId(), run.createdAt(), run.startedAt(), run.finishedAt(),
				run.currentStep(), run.attempt(), run.waitingFor());
	}

}
