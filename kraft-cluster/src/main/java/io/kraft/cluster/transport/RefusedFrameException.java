package io.kraft.cluster.transport;

import io.kraft.workflow.KraftException;

/**
 * Bytes of another node that are not accepted. Nothing of them had an effect, and the
 * same bytes are refused again.
 */
public final class RefusedFrameException extends KraftException {

	/** Damaged, or never sent by a node of this cluster. */
	public static final String REFUSED = "KRAFT-5003";

	/** Of a version that this node does not know. */
	public static final String UNKNOWN_FORMAT = "KRAFT-5009";

	private static final long serialVersionUID = 1L;

	private RefusedFrameException(String code, String message, Throwable cause) {
		super(code, message, cause);
	}

	private RefusedFrameException(String code, String message) {
		super(code, message, null);
	}

	/**
	 * What no node of this cluster sends.
	 * @param fault what is wrong
	 */
	public static RefusedFrameException refused(String fault) {
		return new RefusedFrameException(REFUSED, message(fault));
	}

	/**
	 * What no node of this cluster sends.
	 * @param fault what is wrong
	 */
	public static RefusedFrameException refused(String fault, Throwable cause) {
		return new RefusedFrameException(REFUSED, message(fault), cause);
	}

	/**
	 * What a newer or older version may understand.
	 * @param found such as {@code "message format 3"}
	 * @param known what this version understands
	 */
	public static RefusedFrameException unknownFormat(String found, String known) {
		return new RefusedFrameException(UNKNOWN_FORMAT, "another node has sent " + found + ", but this one knows "
				+ known + ". Nodes of a cluster may differ by one version. See docs/reference/errors.md#kraft-5009");
	}

	private static String message(String fault) {
		return "what another node has sent was refused: " + fault + ". See docs/reference/errors.md#kraft-5003";
	}

}
