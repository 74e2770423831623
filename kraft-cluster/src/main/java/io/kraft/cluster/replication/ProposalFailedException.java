package io.kraft.cluster.replication;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * What became of a proposal is unknown. Also where this node no longer leads: an entry
 * that it has appended may still be committed by the next leader.
 */
public final class ProposalFailedException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	public ProposalFailedException(String reason, @Nullable Throwable cause) {
		super(reason, cause);
	}

}
