package io.kraft.spring.boot.web.servlet;

import java.util.function.Predicate;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Which headers a request had when it reached the server. What filters take out, because
 * they have put the address that it names in place of the peer's, is among them.
 */
final class SentHeaders implements Predicate<String> {

	/** Set by Tomcat when it takes the peer for a proxy, and does so itself. */
	private static final String IS_FORWARDED = "org.apache.tomcat.request.forwarded";

	private final HttpServletRequest request;

	SentHeaders(HttpServletRequest request) {
		ServletRequest innermost = request;
		while (innermost instanceof ServletRequestWrapper wrapper) {
			innermost = wrapper.getRequest();
		}
		this.request = (innermost instanceof HttpServletRequest sent) ? sent : request;
	}

	@Override
	public boolean test(String header) {
		return this.request.getHeader(header) != null || isForwarded(header);
	}

	private boolean isForwarded(String header) {
		return header.equalsIgnoreCase("X-Forwarded-For") && this.request.getAttribute(IS_FORWARDED) != null;
	}

}
