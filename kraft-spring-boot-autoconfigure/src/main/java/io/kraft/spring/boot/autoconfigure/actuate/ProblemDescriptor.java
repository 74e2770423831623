package io.kraft.spring.boot.autoconfigure.actuate;

import java.net.URI;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.operator.Problem;
import io.kraft.workflow.ErrorCode.Repetition;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Why something was refused, as problem details of RFC 9457, without an {@code instance}:
 * an operation of the actuator does not know its path.
 *
 * @param code of the error, such as {@code KRAFT-3001}
 * @param repetition whether the same request can succeed later
 * @param workflowStatus of the run, where that is the reason; else left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProblemDescriptor(URI type, String title, int status, String detail, String code,
		@Nullable Repetition repetition, @Nullable WorkflowStatus workflowStatus) implements OperationResponseBody {

	static ProblemDescriptor of(Problem problem) {
		return new ProblemDescriptor(problem.type(), problem.title(), problem.status(), problem.detail(),
				problem.code(), problem.repetition(), problem.workflowStatus());
	}

}
