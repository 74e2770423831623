package io.kraft.engine.journal.json;

/**
 * A type that is not let into a journal, even though Jackson could write and read it.
 */
final class RefusedTypeException extends UnsupportedTypeException {

	private static final long serialVersionUID = 1L;

	RefusedTypeException(String message, String fix) {
		super(message, fix);
	}

}
