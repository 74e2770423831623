package io.kraft.spring.boot.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.kraft.spring.boot.autoconfigure.operator.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers exceptions as {@link Problem}s, with the headers that belong to their status of
 * HTTP. A caller that may not see runs does not learn of them by what is refused.
 */
final class Problems {

	private static final Logger logger = LoggerFactory.getLogger(Problems.class);

	private static final String RETRY_AFTER_SECONDS = "1";

	private Problems() {
	}

	/**
	 * An answer.
	 * @param showsRuns whether the caller may see runs, whose states messages quote
	 */
	static ResponseEntity<byte[]> answer(Throwable failure, ApiRequest request, boolean showsRuns) {
		Throwable cause = unwrapped(failure);
		if (DisconnectedClientHelper.isClientDisconnectedException(cause)) {
			logger.debug("The caller of {} is gone", request, cause);
			return Answers.empty(500);
		}
		return answer(detail(cause, request, showsRuns),
				(cause instanceof RequestRefusedException refused) ? refused.allowed() : null);
	}

	static ResponseEntity<byte[]> answer(Problem problem, ApiRequest request) {
		return answer(detail(problem, request), (String) null);
	}

	private static ResponseEntity<byte[]> answer(ProblemDetail problem, @Nullable String allowed) {
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus()).headers(Answers.HEADERS);
		switch (problem.getStatus()) {
			case 401 -> answer.header("WWW-Authenticate", "Kraft realm=\"kraft\"");
			case 426 -> answer.header("Upgrade", "websocket").header("Connection", "Upgrade");
			case 503 -> answer.header("Retry-After", RETRY_AFTER_SECONDS);
			default -> {
				if (allowed != null) {
					answer.header("Allow", allowed);
				}
			}
		}
		return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(WebJson.write(problem).getBytes(StandardCharsets.UTF_8));
	}

	private static ProblemDetail detail(Throwable cause, ApiRequest request, boolean showsRuns) {
		return switch (cause) {
			case RequestRefusedException refused -> refused(refused, request);
			case InvalidFieldsException invalid -> {
				ProblemDetail problem = refused(
						RequestRefusedException.malformed(
								"the body violates " + invalid.errors().size() + " constraint(s), listed in 'errors'"),
						request);
				problem.setProperty("errors", invalid.errors());
				yield problem;
			}
			case ErrorResponse refused when refused.getStatusCode().value() == 415 ->
				refused(RequestRefusedException.mediaType(), request);
			case ErrorResponse refused when refused.getStatusCode().value() == 400 -> unread(cause, request);
			case ErrorResponse refused -> refused.getBody();
			case HttpMessageConversionException unread -> unread(cause, request);
			default -> {
				Problem problem = Problem.of(cause, request);
				yield detail(showsRuns ? problem : problem.undisclosed(), request);
			}
		};
	}

	private static ProblemDetail unread(Throwable cause, ApiRequest request) {
		logger.debug("The body of {} could not be read", request, cause);
		return refused(RequestRefusedException.unreadBody(), request);
	}

	/** It says nothing but what the caller has sent. */
	private static ProblemDetail refused(RequestRefusedException refused, ApiRequest request) {
		return detail(Problem.of(refused, refused.status()), request);
	}

	private static ProblemDetail detail(Problem problem, ApiRequest request) {
		ProblemDetail detail = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(problem.status()),
				problem.detail());
		detail.setType(problem.type());
		detail.setTitle(problem.title());
		detail.setInstance(URI.create(request.path()));
		detail.setProperty("code", problem.code());
		detail.setProperty("repetition", problem.repetition());
		if (problem.workflowStatus() != null) {
			detail.setProperty("workflowStatus", problem.workflowStatus());
		}
		return detail;
	}

	private static Throwable unwrapped(Throwable failure) {
		Throwable cause = failure;
		while ((cause instanceof CompletionException || cause instanceof ExecutionException)
				&& cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

}
