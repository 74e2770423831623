package io.kraft.spring.boot.autoconfigure.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;

/**
 * Whether an answer shows the arguments and results of runs, or that there are some.
 */
enum Payloads {

	/** As the journal holds them: JSON texts. */
	SHOWN,

	/** Each is replaced by what Boot shows for hidden values, which is not JSON. */
	HIDDEN;

	static Payloads shownIf(boolean shown) {
		return shown ? SHOWN : HIDDEN;
	}

	/**
	 * What is shown for a payload; null where there is none, hidden or not.
	 */
	@Nullable String show(@Nullable String payload) {
		return (this == SHOWN || payload == null) ? payload : SanitizableData.SANITIZED_VALUE;
	}

}
