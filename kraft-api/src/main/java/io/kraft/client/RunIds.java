package io.kraft.client;

import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.Names;

/**
 * The bounds of a run's id, which are those of every name.
 *
 * @since 0.1.0
 */
public final class RunIds {

	/** Longest id, in characters. */
	public static final int MAX_LENGTH = Names.MAX_LENGTH;

	private RunIds() {
	}

	/**
	 * Checks that the id is valid.
	 * @return the id
	 * @throws InvalidCallException if {@link Names} refuses it
	 */
	public static String check(String id) {
		return check("A run's id", id);
	}

	/**
	 * As {@link #check(String)}, for what has the same bounds.
	 * @param what it is, to begin a sentence
	 */
	public static String check(String what, String id) {
		return Names.check(what, id);
	}

}
