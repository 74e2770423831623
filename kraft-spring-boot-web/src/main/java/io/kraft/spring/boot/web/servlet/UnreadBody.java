package io.kraft.spring.boot.web.servlet;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Marks a request whose body has not arrived when it is answered. A server that would
 * wait for the rest, to keep the connection, closes it instead.
 */
final class UnreadBody {

	private static final String ATTRIBUTE = UnreadBody.class.getName();

	private UnreadBody() {
	}

	static void mark(HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, true);
	}

	static boolean isMarked(HttpServletRequest request) {
		return request.getAttribute(ATTRIBUTE) != null;
	}

}
