package io.kraft.spring.boot.web;

import java.util.Locale;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A request of the web API that is refused before anything was done, with its status of
 * HTTP.
 */
public final class RequestRefusedException extends KraftException {

	/** Something in the request is malformed. */
	static final String MALFORMED = "KRAFT-6001";

	/** The caller is not authenticated. */
	static final String UNAUTHENTICATED = "KRAFT-6002";

	/** The caller is not authorized. */
	static final String FORBIDDEN = "KRAFT-6003";

	/** There is no such path, or it does not know the method. */
	static final String NO_ROUTE = "KRAFT-6004";

	/** The body is too large. */
	static final String TOO_LARGE = "KRAFT-6005";

	/** The body is of another type than JSON. */
	static final String MEDIA_TYPE = "KRAFT-6006";

	/** The limit of open requests or streams is reached. */
	static final String BUSY = "KRAFT-6007";

	/** The request is to become a WebSocket, and cannot. */
	static final String NO_SOCKET = "KRAFT-6008";

	/** Unexpected internal error. */
	static final String UNEXPECTED = "KRAFT-6009";

	private static final long serialVersionUID = 1L;

	private final int status;

	private final @Nullable String allowed;

	private RequestRefusedException(int status, String code, String message) {
		this(status, code, message, null);
	}

	private RequestRefusedException(int status, String code, String message, @Nullable String allowed) {
		super(code, message + ". See docs/reference/errors.md#" + code.toLowerCase(Locale.ROOT), null);
		this.status = status;
		this.allowed = allowed;
	}

	/**
	 * Something in the request is malformed.
	 * @param message what, what was found, and what is allowed
	 */
	static RequestRefusedException malformed(String message) {
		return new RequestRefusedException(400, MALFORMED, message);
	}

	/**
	 * The body did not come, or not to its end.
	 */
	public static RequestRefusedException unreadBody() {
		return malformed("the body could not be read to its end");
	}

	/**
	 * The body did not arrive in time.
	 */
	public static RequestRefusedException lateBody() {
		return malformed("the body has not arrived within kraft.web.body-timeout");
	}

	static RequestRefusedException unauthenticated(String message) {
		return new RequestRefusedException(401, UNAUTHENTICATED, message);
	}

	static RequestRefusedException forbidden(String message) {
		return new RequestRefusedException(403, FORBIDDEN, message);
	}

	static RequestRefusedException noRoute(String message) {
		return new RequestRefusedException(404, NO_ROUTE, message);
	}

	/**
	 * Another method is needed.
	 * @param allowed methods of the path, separated by commas
	 */
	static RequestRefusedException otherMethod(String allowed) {
		return new RequestRefusedException(405, NO_ROUTE, "this path allows no other method than " + allowed, allowed);
	}

	/**
	 * The body is larger than the limit, in bytes.
	 */
	public static RequestRefusedException tooLarge(long limit) {
		return new RequestRefusedException(413, TOO_LARGE, "the body has more than " + limit
				+ " bytes, the limit set by kraft.web.max-request-size. Keep large data elsewhere and send a reference "
				+ "to it");
	}

	/**
	 * The body is of another type.
	 */
	public static RequestRefusedException mediaType() {
		return new RequestRefusedException(415, MEDIA_TYPE, "a body is application/json");
	}

	static RequestRefusedException busy(String property) {
		return new RequestRefusedException(503, BUSY,
				"the limit set by " + property + " is reached. Nothing was done; try again later");
	}

	/** Bodies or answers of others, or of this caller, take the memory for them. */
	static RequestRefusedException crowded() {
		return new RequestRefusedException(503, BUSY, "other large bodies or answers are on their way, of this caller "
				+ "or of all, and leave no memory for this one. Nothing was done; try again later");
	}

	static RequestRefusedException upgradeRequired() {
		return new RequestRefusedException(426, NO_SOCKET,
				"this path is a WebSocket's, but the request does not ask for one. Connect with ws: or wss:");
	}

	/**
	 * The application has no WebSockets.
	 */
	public static RequestRefusedException noSocket() {
		return new RequestRefusedException(501, NO_SOCKET,
				"this application has no WebSockets: spring-boot-starter-websocket is not on its class path");
	}

	/** The status of HTTP. */
	int status() {
		return this.status;
	}

	/** For a refused method, those that are allowed. */
	@Nullable String allowed() {
		return this.allowed;
	}

}
