package io.kraft.engine.journal.json;

/**
 * A type or a value that cannot be in a journal. Jackson wraps it on its way to
 * {@link PayloadFaults}, which reports it.
 */
class UnsupportedTypeException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String withoutValue;

	private final String fix;

	/**
	 * Of a type.
	 */
	UnsupportedTypeException(String message, String fix) {
		this(message, message, fix);
	}

	/**
	 * Of a value.
	 * @param message may show it
	 * @param withoutValue says the same and does not
	 */
	UnsupportedTypeException(String message, String withoutValue, String fix) {
		super(message);
		this.withoutValue = withoutValue;
		this.fix = fix;
	}

	/**
	 * What is wrong.
	 * @param secret whether the value must not be shown
	 */
	String reason(boolean secret) {
		return secret ? this.withoutValue : String.valueOf(getMessage());
	}

	String fix() {
		return this.fix;
	}

}
