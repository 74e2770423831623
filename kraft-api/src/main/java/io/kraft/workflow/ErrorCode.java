package io.kraft.workflow;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The codes of Kraft's errors, with what those who answer requests have to know about
 * them: the status of HTTP, and whether the same request can succeed later. Whatever
 * exposes Kraft over a network answers an error with the status that is here. The
 * {@linkplain ErrorDocs page of errors} explains each.
 *
 * {@snippet class = "io.kraft.example.ErrorAnswers" region = "answer"}
 *
 * @since 0.1.0
 */
public enum ErrorCode {

	NON_DETERMINISTIC_WORKFLOW("KRAFT-1001", 500, Repetition.AFTER_CHANGE),

	NOT_IN_WORKFLOW("KRAFT-1002", 500, Repetition.USELESS),

	INVALID_DEFINITION("KRAFT-1003", 500, Repetition.USELESS),

	PAYLOAD_SERIALIZATION("KRAFT-1004", 500, Repetition.USELESS),

	PAYLOAD_TOO_LARGE("KRAFT-1005", 413, Repetition.USELESS),

	UNKNOWN_WORKFLOW("KRAFT-1006", 404, Repetition.AFTER_CHANGE),

	JOURNAL_FULL("KRAFT-1007", 500, Repetition.AFTER_CHANGE),

	INVALID_CALL("KRAFT-1008", 400, Repetition.USELESS),

	UNRUNNABLE_WORKFLOW("KRAFT-1009", 500, Repetition.HELPS),

	UNKNOWN_STEP("KRAFT-1010", 409, Repetition.USELESS),

	JOURNAL_TOO_LARGE("KRAFT-1012", 500, Repetition.AFTER_CHANGE),

	REPLAY_REFUSED("KRAFT-1020", 500, Repetition.AFTER_CHANGE),

	STEP_FAILED("KRAFT-2001", 500, Repetition.USELESS),

	STEP_OUTCOME_UNKNOWN("KRAFT-2002", 500, Repetition.USELESS),

	RETRYABLE_STEP("KRAFT-2003", 500, Repetition.HELPS),

	NON_RETRYABLE_STEP("KRAFT-2004", 500, Repetition.USELESS),

	WORKFLOW_FAILED("KRAFT-2005", 409, Repetition.USELESS),

	WORKFLOW_CANCELLED("KRAFT-2006", 409, Repetition.USELESS),

	WORKFLOW_TIMED_OUT("KRAFT-2007", 409, Repetition.USELESS),

	STEP_TIMED_OUT("KRAFT-2008", 500, Repetition.HELPS),

	STEP_ATTEMPTS_EXHAUSTED("KRAFT-2009", 500, Repetition.AFTER_CHANGE),

	WORKFLOW_FAILED_ON_REQUEST("KRAFT-2010", 409, Repetition.AFTER_CHANGE),

	WORKFLOW_NOT_FOUND("KRAFT-3001", 404, Repetition.USELESS),

	WORKFLOW_ALREADY_EXISTS("KRAFT-3002", 409, Repetition.AFTER_CHANGE),

	WORKFLOW_ENDED("KRAFT-3003", 409, Repetition.USELESS),

	RESULT_TIMEOUT("KRAFT-3004", 504, Repetition.HELPS),

	OVERLOADED("KRAFT-3005", 503, Repetition.HELPS),

	BLOCKING_CALL("KRAFT-3006", 500, Repetition.USELESS),

	ENGINE_STOPPED("KRAFT-3007", 503, Repetition.AFTER_CHANGE),

	WORKFLOW_NOT_ENDED("KRAFT-3008", 409, Repetition.AFTER_CHANGE),

	SCHEDULE_NOT_FOUND("KRAFT-3009", 404, Repetition.USELESS),

	INBOX_FULL("KRAFT-3012", 503, Repetition.HELPS),

	UNEXPECTED_PAYLOAD("KRAFT-3013", 400, Repetition.USELESS),

	MESSAGE_NOT_FOUND("KRAFT-3014", 404, Repetition.USELESS),

	LIMIT_EXCEEDED("KRAFT-3015", 422, Repetition.AFTER_CHANGE),

	CALL_IN_TRANSACTION("KRAFT-3020", 500, Repetition.AFTER_CHANGE),

	DEFERRED_CALL_FAILED("KRAFT-3021", 500, Repetition.AFTER_CHANGE),

	TRANSACTION_OUTCOME_UNKNOWN("KRAFT-3022", 500, Repetition.AFTER_CHANGE),

	DISABLED("KRAFT-3023", 503, Repetition.USELESS),

	CALL_TIMEOUT("KRAFT-3030", 504, Repetition.HELPS),

	STORE_WRITE_FAILED("KRAFT-4001", 503, Repetition.AFTER_CHANGE),

	STORE_IN_USE("KRAFT-4002", 503, Repetition.AFTER_CHANGE),

	STORE_DAMAGED("KRAFT-4003", 503, Repetition.USELESS),

	STORE_UNUSABLE("KRAFT-4004", 503, Repetition.AFTER_CHANGE),

	STORE_FORMAT_UNKNOWN("KRAFT-4005", 503, Repetition.AFTER_CHANGE),

	STORE_OWNED_ELSEWHERE("KRAFT-4006", 503, Repetition.USELESS),

	STORE_READ_FAILED("KRAFT-4007", 503, Repetition.HELPS),

	JOURNAL_ENTRY_CORRUPT("KRAFT-4008", 500, Repetition.USELESS),

	BACKUP_REFUSED("KRAFT-4009", 409, Repetition.AFTER_CHANGE),

	BACKUP_FAILED("KRAFT-4010", 500, Repetition.HELPS),

	ENGINE_THREAD_DIED("KRAFT-4011", 500, Repetition.AFTER_CHANGE),

	OUTDATED_CHANGE("KRAFT-4012", 500, Repetition.USELESS),

	UNREADABLE_RUN("KRAFT-4013", 500, Repetition.USELESS),

	STORE_UNTRUSTED("KRAFT-4014", 503, Repetition.AFTER_CHANGE),

	FOREIGN_PAYLOAD("KRAFT-4015", 500, Repetition.USELESS),

	CHANNEL_OUT_OF_ORDER("KRAFT-4016", 500, Repetition.USELESS),

	REPEATED_REQUEST("KRAFT-4017", 409, Repetition.HELPS),

	STORE_INCONSISTENT("KRAFT-4020", 500, Repetition.USELESS),

	CLUSTER_REFUSED("KRAFT-5003", 503, Repetition.AFTER_CHANGE),

	FIXED_AT_CREATION("KRAFT-5008", 503, Repetition.AFTER_CHANGE),

	MALFORMED_REQUEST("KRAFT-6001", 400, Repetition.USELESS),

	UNAUTHENTICATED_REQUEST("KRAFT-6002", 401, Repetition.AFTER_CHANGE),

	FORBIDDEN_REQUEST("KRAFT-6003", 403, Repetition.AFTER_CHANGE),

	/** Or 405, where the path has other methods. */
	NO_SUCH_ROUTE("KRAFT-6004", 404, Repetition.USELESS),

	REQUEST_TOO_LARGE("KRAFT-6005", 413, Repetition.USELESS),

	UNSUPPORTED_MEDIA_TYPE("KRAFT-6006", 415, Repetition.USELESS),

	TOO_MANY_REQUESTS("KRAFT-6007", 503, Repetition.HELPS),

	/** Or 501, where the application has no WebSockets. */
	NOT_A_WEBSOCKET_REQUEST("KRAFT-6008", 426, Repetition.USELESS),

	UNEXPECTED("KRAFT-6009", 500, Repetition.HELPS);

	private static final Map<String, ErrorCode> BY_CODE = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap(ErrorCode::code, Function.identity()));

	private final String code;

	private final int httpStatus;

	private final Repetition repetition;

	ErrorCode(String code, int httpStatus, Repetition repetition) {
		this.code = code;
		this.httpStatus = httpStatus;
		this.repetition = repetition;
	}

	/**
	 * The error with that code.
	 * @param code such as {@code KRAFT-3001}
	 * @return empty if there is none
	 */
	public static Optional<ErrorCode> of(String code) {
		return Optional.ofNullable(BY_CODE.get(code));
	}

	/**
	 * The status of HTTP with which an exception is answered: that of its code, and 500
	 * for an unknown code.
	 */
	public static int httpStatusOf(KraftException failure) {
		return of(failure.code()).map(ErrorCode::httpStatus).orElse(500);
	}

	/**
	 * The stable code, such as {@code KRAFT-3001}.
	 */
	public String code() {
		return this.code;
	}

	/**
	 * The status of HTTP, from 400.
	 */
	public int httpStatus() {
		return this.httpStatus;
	}

	/**
	 * Whether the same call can succeed later.
	 */
	public Repetition repetition() {
		return this.repetition;
	}

	/**
	 * Whether the same call can succeed later.
	 */
	public enum Repetition {

		/** It fails again. */
		USELESS,

		/** It can succeed without a change of code, data or configuration. */
		HELPS,

		/** It can succeed when something else has changed, such as the run's status. */
		AFTER_CHANGE

	}

}
