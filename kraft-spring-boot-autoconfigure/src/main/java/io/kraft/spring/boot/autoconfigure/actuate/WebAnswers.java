package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.ErrorCode;
import io.kraft.workflow.ErrorDocs;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Converts the results of an endpoint's operations, refusals included, to HTTP responses:
 * with the reason, which Boot's own responses leave out unless
 * {@code spring.web.error.include-message} is set.
 */
final class WebAnswers {

	private static final Logger logger = LoggerFactory.getLogger(WebAnswers.class);

	static final int ACCEPTED = 202;

	private static final int FORBIDDEN = 403;

	private static final int CONFLICT = 409;

	private static final int INTERNAL = 500;

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
			return refusal(WebEndpointResponse.STATUS_BAD_REQUEST, ex.getReason(), null, null);
		}
		catch (UnknownNameException ex) {
			return refusal(WebEndpointResponse.STATUS_NOT_FOUND, ex.getMessage(), null, null);
		}
		catch (HiddenPayloadsException ex) {
			return refusal(FORBIDDEN, ex.getMessage(), null, null);
		}
		catch (WrongStatusException ex) {
			return refusal(CONFLICT, ex.getMessage(), ex.code(), ex.status());
		}
		catch (KraftException ex) {
			return refusal(ErrorCode.httpStatusOf(ex), message(ex), ex.code(), null);
		}
	}

	/** What the caller has not caused can have paths of files in it, and the like. */
	private static @Nullable String message(KraftException failure) {
		if (ErrorCode.httpStatusOf(failure) < INTERNAL) {
			return failure.getMessage();
		}
		logger.error("An operation of the actuator has failed", failure);
		return "The request could not be answered; see the log of the application for the cause. See "
				+ ErrorDocs.section(failure.code());
	}

	private static WebEndpointResponse<Refusal> refusal(int status, @Nullable String message, @Nullable String code,
			@Nullable WorkflowStatus workflowStatus) {
		return new WebEndpointResponse<>(new Refusal(status, message, code, workflowStatus), status);
	}

	/**
	 * Why something was refused.
	 *
	 * @param status of HTTP
	 * @param code of the error, such as {@code KRAFT-3001}; null where a parameter or a
	 * path is malformed
	 * @param workflowStatus of the run, where that is the reason
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Refusal(int status, @Nullable String message, @Nullable String code,
			@Nullable WorkflowStatus workflowStatus) {
	}

}
