package io.kraft.engine.journal;

import io.kraft.workflow.KraftException;

/**
 * Bytes that are not a journal entry, or one of a format that this version does not know.
 * Trying again does not help; nothing is lost by pausing the run.
 */
public final class UnreadableEntryException extends KraftException {

	/** The bytes were cut off, changed, or never were an entry. */
	public static final String CORRUPT = "KRAFT-4008";

	/** Written by a version of Kraft that knows more than this one. */
	public static final String UNKNOWN_FORMAT = "KRAFT-4005";

	/** Sound in itself, but not where it belongs, or not encrypted where all is. */
	public static final String FOREIGN = "KRAFT-4015";

	private static final long serialVersionUID = 1L;

	private UnreadableEntryException(String code, String message) {
		super(code, message, null);
	}

	/**
	 * The bytes hold something that no version writes.
	 * @param fault what is wrong, and at which byte
	 */
	public static UnreadableEntryException corrupt(String fault) {
		return new UnreadableEntryException(CORRUPT, "a stored entry cannot be read: " + fault
				+ ". It was damaged after it was written. See docs/reference/errors.md#kraft-4008");
	}

	/**
	 * The journal has no secret, of which tokens could be made.
	 */
	public static UnreadableEntryException withoutSecret(String run) {
		return new UnreadableEntryException(UNKNOWN_FORMAT, "run '" + run
				+ "' opens a callback, but its journal is of an earlier format, which has no secret: a token could be "
				+ "forged. Restart the run, from a position if its steps are to be kept. See docs/reference/errors.md#kraft-4005");
	}

	/**
	 * The bytes may be sound, but this version cannot know.
	 * @param found what is unknown, such as {@code "entry type 40"}
	 * @param known what this version knows
	 */
	public static UnreadableEntryException unknownFormat(String found, String known) {
		return new UnreadableEntryException(UNKNOWN_FORMAT, "a stored entry has " + found
				+ ", but this version of Kraft knows " + known
				+ ". Was it written by a newer one? Nothing was changed. See docs/reference/errors.md#kraft-4005");
	}

	/**
	 * A payload was put there by something else than an engine.
	 * @param fault what was found where, and what belongs there
	 */
	public static UnreadableEntryException foreign(String fault) {
		return new UnreadableEntryException(FOREIGN,
				"a stored payload is not what was written there: " + fault
						+ ". The data directory was changed from outside, or mixed with another one."
						+ " See docs/reference/errors.md#kraft-4015");
	}

}
