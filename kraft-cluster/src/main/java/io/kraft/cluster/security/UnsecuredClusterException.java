package io.kraft.cluster.security;

import io.kraft.workflow.ErrorCode;
import io.kraft.workflow.KraftException;

/**
 * A node may not take part in a cluster, or talk to others, as it is configured.
 */
public final class UnsecuredClusterException extends KraftException {

	private static final long serialVersionUID = 1L;

	public UnsecuredClusterException(String message) {
		super(ErrorCode.NODE_REFUSED.code(), message, null);
	}

}
