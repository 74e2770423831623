package io.kraft.spring.boot.autoconfigure.actuate;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kraft.client.FailedOperation;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowDetail;
import io.kraft.client.WorkflowDetail.OpenOperation;
import io.kraft.spring.boot.autoconfigure.operator.Payloads;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A run, with the components of {@link WorkflowDetail}; what is not known is null.
 *
 * @param workflow what is known without the journal
 * @param since when it entered its present status
 * @param open the operations that are not completed
 * @param lastError type and message of the last failed attempt, or of the failure that
 * ended it
 * @param failedIn the operation that made the run fail
 * @param entries how many entries its journal has
 * @param input its arguments as a JSON array
 * @param output its result as JSON
 * @param journalError why the journal could not be read; left out if it could
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WorkflowDetailDescriptor(@JsonUnwrapped WorkflowDescriptor workflow, @Nullable Instant since,
		List<Operation> open, @Nullable String lastError, @Nullable FailedOperation failedIn, @Nullable Integer entries,
		@Nullable String input, @Nullable String output,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String journalError) implements OperationResponseBody {

	static WorkflowDetailDescriptor of(WorkflowDetail run, Payloads payloads) {
		return new WorkflowDetailDescriptor(WorkflowDescriptor.of(run.workflow()), run.since(),
				run.open().stream().map(Operation::of).toList(), run.lastError(), run.failedIn(), run.entries(),
				payloads.show(run.input()), payloads.show(run.output()), null);
	}

	/**
	 * What is known of a run whose journal cannot be read.
	 */
	static WorkflowDetailDescriptor of(WorkflowDescription run, KraftException unreadable) {
		return new WorkflowDetailDescriptor(WorkflowDescriptor.of(run), null, List.of(), run.failure(), null, null,
				null, null, unreadable.getMessage());
	}

	/**
	 * An operation of a run that is not completed, with the components of
	 * {@link OpenOperation}; what is not known is null.
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Operation(String position, String kind, String name, Instant since, int attempt,
			@Nullable String lastError, @Nullable Instant dueAt) {

		static Operation of(OpenOperation operation) {
			return new Operation(operation.position(), operation.kind(), operation.name(), operation.since(),
					operation.attempt(), operation.lastError(), operation.dueAt());
		}

	}

}
