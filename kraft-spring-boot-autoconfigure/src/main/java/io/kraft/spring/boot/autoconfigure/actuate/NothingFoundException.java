package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.List;

/**
 * There is nothing at a path, and no run is to blame for it.
 */
final class NothingFoundException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private NothingFoundException(String message) {
		super(message);
	}

	/**
	 * A path names a view, an action or a queue that does not exist; the message names
	 * those that do.
	 */
	static NothingFoundException unknown(String what, String name, List<String> known) {
		return new NothingFoundException("There is no %s '%s'. Known are: %s.".formatted(what, name,
				known.isEmpty() ? "none" : String.join(", ", known)));
	}

	/**
	 * Nothing is wrong with a run.
	 */
	static NothingFoundException noFailure(String id) {
		return new NothingFoundException("Run '" + id + "' has no failure: it has not ended with one, and nothing that "
				+ "it does now has failed before.");
	}

}
