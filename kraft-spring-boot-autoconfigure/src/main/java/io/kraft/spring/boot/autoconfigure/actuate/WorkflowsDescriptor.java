package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A page of runs.
 *
 * @param workflows the runs, newest first
 * @param nextCursor of the next page; null on the last one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WorkflowsDescriptor(List<WorkflowDescriptor> workflows,
		@Nullable String nextCursor) implements OperationResponseBody {
}
