package io.kraft.spring.boot.autoconfigure.operator;

import org.jspecify.annotations.Nullable;

/**
 * Whether an answer shows the arguments and results of runs, or that there are some.
 */
public enum Payloads {

	/** As the journal holds them: JSON texts. */
	SHOWN,

	/** Each is replaced by what Boot shows for hidden values, which is not JSON. */
	HIDDEN;

	private static final String REPLACEMENT = "******";

	/**
	 * Shown under a condition, else hidden.
	 */
	public static Payloads shownIf(boolean shown) {
		return shown ? SHOWN : HIDDEN;
	}

	/**
	 * What is shown for a payload; null where there is none, hidden or not.
	 */
	public @Nullable String show(@Nullable String payload) {
		return (this == SHOWN || payload == null) ? payload : REPLACEMENT;
	}

}
