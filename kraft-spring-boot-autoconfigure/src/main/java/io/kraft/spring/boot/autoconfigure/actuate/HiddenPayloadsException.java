package io.kraft.spring.boot.autoconfigure.actuate;

/**
 * Something was asked for that is made of payloads, by somebody to whom they are hidden.
 */
final class HiddenPayloadsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	HiddenPayloadsException(String id) {
		super("The export of run '" + id + "' holds its payloads, which are hidden here. They are shown to those who "
				+ "are authorized, as kraft.management.show-payloads and kraft.management.roles say.");
	}

}
