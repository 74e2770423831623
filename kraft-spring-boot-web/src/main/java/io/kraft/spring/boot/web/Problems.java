package io.kraft.spring.boot.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.kraft.workflow.ErrorCode;
import io.kraft.workflow.ErrorDocs;
import io.kraft.workflow.KraftException;
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
 * The one place that decides how an exception is answered: with which status of HTTP, and
 * whether its message is published. What the caller has not caused is answered with a
 * fixed text, and so is what a caller that may not see runs would learn of them.
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
		return answer(problem(cause, request, showsRuns), cause);
	}

	private static ResponseEntity<byte[]> answer(ProblemDetail problem, Throwable cause) {
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus()).headers(Answers.HEADERS);
		switch (problem.getStatus()) {
			case 401 -> answer.header("WWW-Authenticate", "Kraft realm=\"kraft\"");
			case 426 -> answer.header("Upgrade", "websocket").header("Connection", "Upgrade");
			case 503 -> answer.header("Retry-After", RETRY_AFTER_SECONDS);
			default -> {
				if (cause instanceof RequestRefusedException refused && refused.allowed() != null) {
					answer.header("Allow", refused.allowed());
				}
			}
		}
		return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(WebJson.write(problem).getBytes(StandardCharsets.UTF_8));
	}

	private static ProblemDetail problem(Throwable cause, ApiRequest request, boolean showsRuns) {
		return switch (cause) {
			case RunStatusException wrong -> {
				ProblemDetail problem = problem(wrong.reason(), request, showsRuns);
				if (showsRuns) {
					problem.setProperty("workflowStatus", wrong.status());
				}
				yield problem;
			}
			case KraftException known -> problem(known, request, showsRuns);
			case InvalidFieldsException invalid -> {
				ProblemDetail problem = problem(
						RequestRefusedException.malformed(
								"the body violates " + invalid.errors().size() + " constraint(s), listed in 'errors'"),
						request, showsRuns);
				problem.setProperty("errors", invalid.errors());
				yield problem;
			}
			case ErrorResponse refused when refused.getStatusCode().value() == 415 ->
				problem(RequestRefusedException.mediaType(), request, true);
			case ErrorResponse refused when refused.getStatusCode().value() == 400 -> unread(cause, request);
			case ErrorResponse refused -> refused.getBody();
			case HttpMessageConversionException unread -> unread(cause, request);
			default -> unexpected(cause, RequestRefusedException.UNEXPECTED, 500, request);
		};
	}

	private static ProblemDetail unread(Throwable cause, ApiRequest request) {
		logger.debug("The body of {} could not be read", request, cause);
		return problem(RequestRefusedException.unreadBody(), request, true);
	}

	private static ProblemDetail problem(KraftException cause, ApiRequest request, boolean showsRuns) {
		int status = status(cause);
		if (status >= 500 && !(cause instanceof RequestRefusedException)) {
			return unexpected(cause, cause.code(), status, request);
		}
		boolean isShown = showsRuns || cause instanceof RequestRefusedException;
		return problem(cause.code(), status, isShown ? detail(cause) : FixedTexts.of(status, cause.code()), request);
	}

	/** The code stands beside it. */
	private static String detail(KraftException cause) {
		String message = String.valueOf(cause.getMessage());
		return message.startsWith(cause.code() + ": ") ? message.substring(cause.code().length() + 2) : message;
	}

	private static ProblemDetail unexpected(Throwable cause, String code, int status, ApiRequest request) {
		if (status == 500) {
			logger.error("The web API could not answer {}", request, cause);
		}
		else {
			// The engine has logged why it takes no calls; here it would be once for
			// each.
			logger.debug("The web API could not answer {}", request, cause);
		}
		return problem(code, status, FixedTexts.of(status, code), request);
	}

	private static ProblemDetail problem(String code, int status, String detail, ApiRequest request) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), detail);
		problem.setType(URI.create("urn:kraft:" + code.substring("KRAFT-".length())));
		problem.setInstance(URI.create(request.uri().getRawPath()));
		problem.setProperty("code", code);
		return problem;
	}

	/** Of HTTP, for a code of Kraft. */
	private static int status(KraftException cause) {
		if (cause instanceof RequestRefusedException refused) {
			return refused.status();
		}
		return ErrorCode.httpStatusOf(cause);
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
