package io.kraft.cluster.management;

import java.util.Locale;

import io.kraft.workflow.KraftException;

/**
 * A change of the cluster was refused, and has changed nothing.
 */
public final class ClusterRefusalException extends KraftException {

	/** The node may not join. */
	public static final String JOIN = "KRAFT-5003";

	/** It does not follow what is recorded now. */
	public static final String NOT_NOW = "KRAFT-5005";

	/** A setting was fixed when the cluster was created. */
	public static final String FIXED = "KRAFT-5008";

	/** Not all members understand the format. */
	public static final String FORMAT = "KRAFT-5009";

	private static final long serialVersionUID = 1L;

	/**
	 * Of a refusal.
	 */
	public ClusterRefusalException(Applied.Refusal refusal) {
		super(refusal.code(),
				refusal.reason() + ". See docs/reference/errors.md#" + refusal.code().toLowerCase(Locale.ROOT), null);
	}

}
