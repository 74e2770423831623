package io.kraft.spring.boot.web;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.ErrorDocs;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;

/**
 * The one place that decides how an exception is answered: with which status of HTTP, and
 * whether its message is published. What the caller has not caused is logged, and
 * answered without internal details.
 */
final class Problems {

	private static final Logger logger = LoggerFactory.getLogger(Problems.class);

	private static final String RETRY_AFTER_SECONDS = "1";

	private Problems() {
	}

	static Answer.Content answer(Throwable failure, ApiRequest request) {
		Throwable cause = unwrapped(failure);
		Answer.Content answer = content(cause, request);
		return switch (answer.status()) {
			case 401 -> answer.withHeader("WWW-Authenticate", "Kraft realm=\"kraft\"");
			case 426 -> answer.withHeader("Upgrade", "websocket").withHeader("Connection", "Upgrade");
			case 503 -> answer.withHeader("Retry-After", RETRY_AFTER_SECONDS);
			default -> answer;
		};
	}

	private static Answer.Content content(Throwable cause, ApiRequest request) {
		return switch (cause) {
			case RunStatusException wrong -> content(wrong.reason(), wrong.status(), request);
			case KraftException known -> content(known, null, request);
			case InvalidFieldsException invalid -> content(
					RequestRefusedException.malformed(
							"the body violates " + invalid.errors().size() + " constraint(s), listed in 'errors'"),
					null, invalid.errors(), request);
			default -> unexpected(cause, RequestRefusedException.UNEXPECTED, 500, request);
		};
	}

	private static Answer.Content content(KraftException cause, @Nullable WorkflowStatus status, ApiRequest request) {
		return content(cause, status, List.of(), request);
	}

	private static Answer.Content content(KraftException cause, @Nullable WorkflowStatus workflowStatus,
			List<Problem.FieldError> errors, ApiRequest request) {
		int status = status(cause);
		if (!isDisclosed(cause)) {
			return unexpected(cause, cause.code(), status, request);
		}
		return content(cause.code(), status, detail(cause), workflowStatus, errors, request);
	}

	/** The code stands beside it. */
	private static String detail(KraftException cause) {
		String message = String.valueOf(cause.getMessage());
		return message.startsWith(cause.code() + ": ") ? message.substring(cause.code().length() + 2) : message;
	}

	private static Answer.Content unexpected(Throwable cause, String code, int status, ApiRequest request) {
		logger.error("The web API could not answer {}", request, cause);
		String detail = "the request could not be answered; see the log of the application for the cause. See "
				+ ErrorDocs.section(code);
		return content(code, status, detail, null, List.of(), request);
	}

	private static Answer.Content content(String code, int status, String detail,
			@Nullable WorkflowStatus workflowStatus, List<Problem.FieldError> errors, ApiRequest request) {
		Problem problem = new Problem("urn:kraft:" + code.substring("KRAFT-".length()),
				HttpStatus.valueOf(status).getReasonPhrase(), status, detail, request.uri().getRawPath(), code,
				workflowStatus, errors);
		return new Answer.Content(status, Answer.HEADERS, "application/problem+json", WebJson.write(problem));
	}

	/** Of HTTP, for a code of Kraft. */
	private static int status(KraftException cause) {
		if (cause instanceof RequestRefusedException refused) {
			return refused.status();
		}
		return switch (cause.code()) {
			// The call itself.
			case "KRAFT-1008", "KRAFT-3013" -> 400;
			case "KRAFT-1005" -> 413;
			// Unknown workflow, run, schedule, message.
			case "KRAFT-1006", "KRAFT-3001", "KRAFT-3009", "KRAFT-3014" -> 404;
			// What exists, what has ended, what has not; an item whose step is not here.
			case "KRAFT-1010", "KRAFT-3002", "KRAFT-3003", "KRAFT-3008" -> 409;
			// A backup that was not begun.
			case "KRAFT-4009" -> 409;
			// How a run ended that has no result.
			case "KRAFT-2005", "KRAFT-2006", "KRAFT-2007" -> 409;
			// Overloaded, or stopped; a full inbox.
			case "KRAFT-3005", "KRAFT-3007", "KRAFT-3012" -> 503;
			// A store that has failed takes no work; another engine may.
			case "KRAFT-4001", "KRAFT-4002", "KRAFT-4003", "KRAFT-4004", "KRAFT-4005", "KRAFT-4006", "KRAFT-4007" ->
				503;
			default -> 500;
		};
	}

	/** Whether the message has no internal details. */
	private static boolean isDisclosed(KraftException cause) {
		return status(cause) < 500 || cause instanceof RequestRefusedException || cause.code().startsWith("KRAFT-3");
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
