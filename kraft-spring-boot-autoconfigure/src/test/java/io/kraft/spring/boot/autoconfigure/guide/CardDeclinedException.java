package io.kraft.spring.boot.autoconfigure.guide;

class CardDeclinedException extends Exception {

	private static final long serialVersionUID = 1L;

	CardDeclinedException(String message) {
		super(message);
	}

}
