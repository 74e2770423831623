package io.kraft.cluster.routing;

import org.jspecify.annotations.Nullable;

/**
 * Bytes of another node are no frame of this version. Whatever they asked for was not
 * done.
 */
final class MalformedFrameException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MalformedFrameException(String fault, @Nullable Throwable cause) {
		super("A frame of a call between nodes cannot be read: " + fault
				+ ". Nothing was done. Is the other node of another version?", cause);
	}

}
