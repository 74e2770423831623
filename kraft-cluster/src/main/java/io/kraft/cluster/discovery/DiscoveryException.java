package io.kraft.cluster.discovery;

import org.jspecify.annotations.Nullable;

/**
 * A source of addresses does not answer. It is asked again.
 */
public final class DiscoveryException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Of a source.
	 */
	public DiscoveryException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
