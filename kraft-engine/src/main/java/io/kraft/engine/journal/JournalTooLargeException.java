package io.kraft.engine.journal;

import io.kraft.workflow.KraftException;

/**
 * A journal that does not fit into the memory that all journals may take together.
 * Nothing is lost by pausing the run.
 */
public final class JournalTooLargeException extends KraftException {

	/** The code. */
	public static final String CODE = "KRAFT-1012";

	private static final long serialVersionUID = 1L;

	/**
	 * A journal of this size.
	 * @param id of the run
	 * @param bytes that it takes
	 * @param limit of all journals together
	 */
	public JournalTooLargeException(String id, long bytes, long limit) {
		super(CODE,
				"the journal of run '" + id + "' takes " + bytes
						+ " bytes in memory, and all journals together may take " + limit
						+ " while they are replayed. Give the application more heap or raise "
						+ "kraft.engine.max-loaded-journals, and let long loops continue as new. "
						+ "See docs/reference/errors.md#kraft-1012",
				null);
		keep("runId", id);
		keep("limit", limit);
	}

}
