package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kraft.client.BackupRefusedException;
import io.kraft.client.EngineStoppedException;
import io.kraft.client.InboxFullException;
import io.kraft.client.MessageNotFoundException;
import io.kraft.client.OverloadedException;
import io.kraft.client.ScheduleNotFoundException;
import io.kraft.client.UnexpectedPayloadException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.StorageException;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.PayloadTooLargeException;
import io.kraft.workflow.UnknownStepException;
import io.kraft.workflow.UnknownWorkflowException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Converts the results of an endpoint's operations, refusals included, to HTTP responses:
 * with the reason, which Boot's own responses leave out unless
 * {@code spring.web.error.include-message} is set.
 */
final class WebAnswers {

	static final int ACCEPTED = 202;

	private static final int FORBIDDEN = 403;

	private static final int CONFLICT = 409;

	private WebAnswers() {
	}

	/**
	 * The operation's answer with the given status, or its refusal with the status that
	 * fits. An operation that returns null has not found the requested object.
	 */
	static WebEndpointResponse<?> of(int status, Supplier<@Nullable Object> operation) {
		return refusing(() -> {
			Object answer = operation.get();
			return (answer != null) ? new WebEndpointResponse<>(answer, status)
					: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		});
	}

	/**
	 * As {@link #of}, for an operation without a result.
	 */
	static WebEndpointResponse<?> ofVoid(Runnable operation) {
		return refusing(() -> {
			operation.run();
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
		});
	}

	private static WebEndpointResponse<?> refusing(Supplier<WebEndpointResponse<?>> operation) {
		try {
			return operation.get();
		}
		catch (InvalidEndpointRequestException ex) {
			return refusal(WebEndpointResponse.STATUS_BAD_REQUEST, ex.getReason(), null);
		}
		catch (UnknownNameException ex) {
			return refusal(WebEndpointResponse.STATUS_NOT_FOUND, ex.getMessage(), null);
		}
		catch (HiddenPayloadsException ex) {
			return refusal(FORBIDDEN, ex.getMessage(), null);
		}
		catch (WrongStatusException ex) {
			return refusal(CONFLICT, ex.getMessage(), ex.status());
		}
		catch (KraftException ex) {
			return refusal(statusOf(ex), ex.getMessage(), null);
		}
	}

	private static int statusOf(KraftException refused) {
		return switch (refused) {
			case WorkflowNotFoundException ex -> WebEndpointResponse.STATUS_NOT_FOUND;
			case ScheduleNotFoundException ex -> WebEndpointResponse.STATUS_NOT_FOUND;
			case MessageNotFoundException ex -> WebEndpointResponse.STATUS_NOT_FOUND;
			case UnexpectedPayloadException ex -> WebEndpointResponse.STATUS_BAD_REQUEST;
			case InvalidCallException ex -> WebEndpointResponse.STATUS_BAD_REQUEST;
			case PayloadSerializationException ex -> WebEndpointResponse.STATUS_BAD_REQUEST;
			case PayloadTooLargeException ex -> WebEndpointResponse.STATUS_BAD_REQUEST;
			case BackupRefusedException ex -> CONFLICT;
			case UnknownWorkflowException ex -> CONFLICT;
			case UnknownStepException ex -> CONFLICT;
			case InboxFullException ex -> WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE;
			case OverloadedException ex -> WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE;
			case EngineStoppedException ex -> WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE;
			case StorageException ex -> WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE;
			default -> WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR;
		};
	}

	private static WebEndpointResponse<Refusal> refusal(int status, @Nullable String message,
			@Nullable WorkflowStatus workflowStatus) {
		return new WebEndpointResponse<>(new Refusal(status, message, workflowStatus), status);
	}

	/**
	 * Why something was refused.
	 *
	 * @param status of HTTP
	 * @param workflowStatus of the run, where that is the reason
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Refusal(int status, @Nullable String message, @Nullable WorkflowStatus workflowStatus) {
	}

}
