package io.kraft.engine.store;

import io.kraft.workflow.PayloadTooLargeException;

/**
 * A commit is larger than the store can write as a whole. Nothing of it was written. A
 * commit of several submitters that is too large is divided; one of a single submitter
 * never fits.
 */
public final class OversizedCommitException extends RefusedChangeException {

	/** The same as that of a payload that is too large. */
	public static final String OVERSIZED = PayloadTooLargeException.CODE;

	private static final long serialVersionUID = 1L;

	/**
	 * A refusal of a commit.
	 * @param found its size in bytes
	 * @param limit the largest that is written
	 */
	public OversizedCommitException(long found, long limit) {
		super(OVERSIZED, "a commit of " + found + " bytes was refused, because one of at most " + limit
				+ " can be replicated. Nothing was written. Keep large values elsewhere, and record a reference. "
				+ "See docs/reference/errors.md#kraft-1005");
		keep("found", found);
		keep("limit", limit);
	}

}
