package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.function.Supplier;

import io.kraft.spring.boot.autoconfigure.operator.Problem;
import io.kraft.workflow.ErrorCode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeType;

/**
 * Converts the results of an endpoint's operations, refusals included, to HTTP responses:
 * these are the problem details that the web API answers with, where Boot's own responses
 * leave the reason out unless {@code spring.web.error.include-message} is set.
 */
final class WebAnswers {

	static final int ACCEPTED = 202;

	private static final MimeType PROBLEM = new MimeType("application", "problem+json");

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
					: refusal(Problem.of(ErrorCode.NO_SUCH_ROUTE, "there is nothing at this path"));
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
		catch (RuntimeException ex) {
			return refusal(problem(ex));
		}
	}

	private static Problem problem(RuntimeException failure) {
		return switch (failure) {
			case InvalidEndpointRequestException invalid ->
				Problem.of(ErrorCode.MALFORMED_REQUEST, String.valueOf(invalid.getReason()));
			case NothingFoundException nothing ->
				Problem.of(ErrorCode.NO_SUCH_ROUTE, String.valueOf(nothing.getMessage()));
			case HiddenPayloadsException hidden ->
				Problem.of(ErrorCode.FORBIDDEN_REQUEST, String.valueOf(hidden.getMessage()));
			default -> Problem.of(failure, "A request of the actuator");
		};
	}

	private static WebEndpointResponse<ProblemDescriptor> refusal(Problem problem) {
		return new WebEndpointResponse<>(ProblemDescriptor.of(problem), problem.status(), PROBLEM);
	}

}
