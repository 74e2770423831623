package io.kraft.spring.boot.web;

import java.security.Principal;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Refuses requests by what can be known before their body is read: who sends them, from
 * which page, and what they carry. Bodies must be JSON, which forms cannot send.
 */
public final class Guard {

	private final AccessRule rule;

	private final BrowserRule browsers;

	Guard(AccessRule rule, BrowserRule browsers) {
		this.rule = rule;
		this.browsers = browsers;
	}

	/**
	 * Returns if the request may proceed.
	 * @param isGuarded whether Kraft decides who may call, and from where
	 * @param takesBody whether the controller reads a body
	 * @throws RequestRefusedException if it may not
	 */
	void check(boolean isGuarded, boolean takesBody, ApiRequest request) {
		if (request.method().equals(HttpMethod.HEAD)) {
			throw RequestRefusedException.otherMethod("GET");
		}
		if (isGuarded) {
			this.browsers.check(request.method(), request.uri(), request::headers);
			this.rule.check(!request.method().equals(HttpMethod.GET), request.caller());
		}
		checkType(request);
		if (!takesBody && request.hasBody()) {
			throw RequestRefusedException.malformed("a request of this method and path has no body");
		}
	}

	/**
	 * Whether the caller may see runs.
	 */
	boolean mayRead(Caller caller) {
		return this.rule.mayRead(caller);
	}

	/**
	 * Whether the principal stands for all callers that are not authenticated.
	 */
	boolean isAnonymous(Principal principal) {
		return this.rule.isAnonymous(principal);
	}

	private static void checkType(ApiRequest request) {
		String type = request.header(HttpHeaders.CONTENT_TYPE).orElse(null);
		if (type != null && !isJson(type)) {
			throw RequestRefusedException.mediaType();
		}
	}

	private static boolean isJson(String type) {
		try {
			MediaType media = MediaType.parseMediaType(type);
			return media.getType().equals("application") && media.getSubtype().equals("json");
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

}
