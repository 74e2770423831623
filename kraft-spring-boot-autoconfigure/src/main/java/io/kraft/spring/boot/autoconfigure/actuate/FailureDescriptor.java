package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kraft.client.FailedOperation;
import io.kraft.client.FailureView;
import io.kraft.client.RunFailure;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.operator.Payloads;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What went wrong with a run, with the components of {@link RunFailure}; what is not
 * known is null.
 *
 * @param stackTrace hidden as payloads are: its messages may quote them
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FailureDescriptor(String id, WorkflowStatus status, @Nullable FailedOperation operation, Cause failure,
		@Nullable String stackTrace) implements OperationResponseBody {

	static FailureDescriptor of(RunFailure run, Payloads payloads) {
		return new FailureDescriptor(run.id(), run.status(), run.operation(), Cause.of(run.failure()),
				payloads.show(run.stackTrace()));
	}

	/**
	 * An exception, with the components of {@link FailureView}; what is not known is
	 * null.
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Cause(String type, @Nullable String message, @Nullable Cause cause, List<Cause> suppressed) {

		static Cause of(FailureView failure) {
			return new Cause(failure.type(), failure.message(), (failure.cause() != null) ? of(failure.cause()) : null,
					failure.suppressed().stream().map(Cause::of).toList());
		}

	}

}
