package io.kraft.engine.journal.json;

/**
 * A type that cannot be in a journal. Jackson wraps it on its way to
 * {@link PayloadFaults}, which reports it.
 */
class UnsupportedTypeException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String fix;

	UnsupportedTypeException(String message, String fix) {
		super(message);
		this.fix = fix;
	}

	String fix() {
		return this.fix;
	}

}
