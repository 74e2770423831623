package io.kraft.engine.store;

/**
 * A request was repeated while its first attempt was in flight, and that one has had its
 * effect: this one has none, and its answer is that of the first.
 */
public final class RepeatedRequestException extends RefusedChangeException {

	/** The code of this exception. */
	public static final String CODE = "KRAFT-4017";

	private static final long serialVersionUID = 1L;

	private final String requestId;

	/**
	 * A refusal of the second effect of a request.
	 * @param requestId of the request
	 */
	public RepeatedRequestException(String requestId) {
		super(CODE, "the request '" + requestId + "' has had its effect already. Nothing was written: repeat it to "
				+ "get its answer. See docs/reference/errors.md#kraft-4017");
		this.requestId = requestId;
		keep("requestId", requestId);
	}

	/**
	 * The id of the request.
	 */
	public String requestId() {
		return this.requestId;
	}

}
