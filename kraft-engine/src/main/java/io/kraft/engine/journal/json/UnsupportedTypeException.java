package io.kraft.engine.journal.json;

/**
 * A type that cannot be in a journal. Jackson wraps it on its way to
 * {@link PayloadFaults}, which tells of it.
 */
final class UnsupportedTypeException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String cure;

	UnsupportedTypeException(String message, String cure) {
		super(message);
		this.cure = cure;
	}

	String cure() {
		return this.cure;
	}

}
