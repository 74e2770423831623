package io.kraft.engine.store.kv;

import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/**
 * The numbers by which statuses are written down, for ever: from 1 to 127, none used
 * twice.
 */
final class StatusCode {

	/** The highest code that is given. */
	static final int LAST = 11;

	private static final @Nullable WorkflowStatus[] BY_CODE = byCode();

	private StatusCode() {
	}

	static byte of(WorkflowStatus status) {
		return switch (status) {
			case SCHEDULED -> 1;
			case PENDING -> 2;
			case RUNNING -> 3;
			case SUSPENDED -> 4;
			case PAUSED -> 5;
			case COMPLETED -> 6;
			case FAILED -> 7;
			case CANCELLED -> 8;
			case TIMED_OUT -> 9;
			case TERMINATED -> 10;
			case DEAD -> 11;
		};
	}

	/**
	 * The status of a code; null if this version knows none.
	 */
	static @Nullable WorkflowStatus status(int code) {
		return (code >= 0 && code < BY_CODE.length) ? BY_CODE[code] : null;
	}

	private static @Nullable WorkflowStatus[] byCode() {
		@Nullable WorkflowStatus[] byCode = new WorkflowStatus[Byte.MAX_VALUE];
		for (WorkflowStatus status : WorkflowStatus.values()) {
			byCode[of(status)] = status;
		}
		return byCode;
	}

}
