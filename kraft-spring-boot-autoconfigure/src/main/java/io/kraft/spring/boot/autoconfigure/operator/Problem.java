package io.kraft.spring.boot.autoconfigure.operator;

import java.net.URI;
import java.util.Arrays;

import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.ErrorCode;
import io.kraft.workflow.ErrorCode.Repetition;
import io.kraft.workflow.ErrorDocs;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an error is answered over HTTP, as problem details of RFC 9457: the one place that
 * decides with which status, and whether its message is published. What the caller has
 * not caused is logged, and answered without internal details.
 *
 * @param code such as {@code KRAFT-3001}
 * @param status of HTTP
 * @param title what the code means
 * @param detail what has happened
 * @param repetition whether the same request can succeed later; null if the code is not
 * one of Kraft's
 * @param workflowStatus of the run, where that forbids the request; else null
 */
public record Problem(String code, int status, String title, String detail, @Nullable Repetition repetition,
		@Nullable WorkflowStatus workflowStatus) {

	private static final Logger logger = LoggerFactory.getLogger(Problem.class);

	private static final int UNEXPECTED = 500;

	/**
	 * An error of a request.
	 * @param request for the log
	 */
	public static Problem of(Throwable failure, Object request) {
		if (!(failure instanceof KraftException known)) {
			return unexpected(failure, ErrorCode.UNEXPECTED.code(), UNEXPECTED, request);
		}
		int status = ErrorCode.httpStatusOf(known);
		return (status < UNEXPECTED) ? of(known, status) : unexpected(known, known.code(), status, request);
	}

	/**
	 * A refusal that is answered with a status of its own, and whose message is about the
	 * request only.
	 */
	public static Problem of(KraftException refusal, int status) {
		return problem(refusal.code(), status, detail(refusal), workflowStatus(refusal));
	}

	/**
	 * A request that is refused before anything was done.
	 * @param detail what was found, and what is allowed
	 */
	public static Problem of(ErrorCode code, String detail) {
		return problem(code.code(), code.httpStatus(), detail, null);
	}

	private static Problem unexpected(Throwable failure, String code, int status, Object request) {
		if (status == UNEXPECTED) {
			logger.error("{} could not be answered", request, failure);
		}
		else {
			// The engine has logged why it takes no calls; here it would be once for
			// each.
			logger.debug("{} could not be answered", request, failure);
		}
		return problem(code, status, FixedTexts.of(status, code), null);
	}

	private static Problem problem(String code, int status, String detail, @Nullable WorkflowStatus workflowStatus) {
		return new Problem(code, status, ErrorDocs.title(code), detail,
				ErrorCode.of(code).map(ErrorCode::repetition).orElse(null), workflowStatus);
	}

	/** The code stands beside it. */
	private static String detail(KraftException failure) {
		String message = String.valueOf(failure.getMessage());
		return message.startsWith(failure.code() + ": ") ? message.substring(failure.code().length() + 2) : message;
	}

	private static @Nullable WorkflowStatus workflowStatus(KraftException failure) {
		return Arrays.stream(WorkflowStatus.values())
			.filter((status) -> status.name().equals(failure.fields().get("status")))
			.findFirst()
			.orElse(null);
	}

	/**
	 * The same about a run in a status.
	 */
	public Problem in(WorkflowStatus status) {
		return new Problem(this.code, this.status, this.title, this.detail, this.repetition, status);
	}

	/**
	 * The same for a caller that may not see runs: it says nothing of them.
	 */
	public Problem undisclosed() {
		return new Problem(this.code, this.status, this.title, FixedTexts.of(this.status, this.code), this.repetition,
				null);
	}

	/**
	 * The type, such as {@code urn:kraft:3001}.
	 */
	public URI type() {
		return URI.create("urn:kraft:" + this.code.substring("KRAFT-".length()));
	}

}
