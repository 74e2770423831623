package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.List;

/**
 * A path names an action or a queue that does not exist; the message names those that do.
 */
final class UnknownNameException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnknownNameException(String what, String name, List<String> known) {
		super("There is no %s '%s'. Known are: %s.".formatted(what, name,
				known.isEmpty() ? "none" : String.join(", ", known)));
	}

}
