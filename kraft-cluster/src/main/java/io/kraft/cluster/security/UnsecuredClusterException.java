package io.kraft.cluster.security;

import io.kraft.workflow.KraftException;

/**
 * A node may not take part in a cluster, or talk to others, as it is configured.
 */
public final class UnsecuredClusterException extends KraftException {

	/** The code of the exception. */
	public static final String CODE = "KRAFT-5003";

	private static final long serialVersionUID = 1L;

	public UnsecuredClusterException(String message) {
		super(CODE, message, null);
	}

}
