package io.kraft.spring.boot.web;

import java.net.URI;
import java.util.List;
import java.util.Locale;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Refuses requests by what can be known before their body is read.
 * <p>
 * A page of another site can make a browser send a form, or open a WebSocket, in the name
 * of its user: what changes something, and a WebSocket, must not come from an origin that
 * is not the application's own or allowed, and bodies must be JSON, which forms cannot
 * send.
 */
public final class Guard {

	private final AccessRule rule;

	private final List<String> allowedOrigins;

	Guard(AccessRule rule, List<String> allowedOrigins) {
		this.rule = rule;
		this.allowedOrigins = allowedOrigins;
	}

	/**
	 * Returns if the request may proceed.
	 * @param isGuarded whether Kraft decides who may call, and from where
	 * @throws RequestRefusedException if it may not
	 */
	void check(boolean isGuarded, ApiRequest request) {
		if (request.method().equals(HttpMethod.HEAD)) {
			throw RequestRefusedException.otherMethod("GET");
		}
		boolean changes = !request.method().equals(HttpMethod.GET);
		if (isGuarded) {
			this.rule.check(changes, request.principal());
		}
		if (isGuarded && (changes || request.header(HttpHeaders.UPGRADE).isPresent())) {
			checkOrigin(request);
		}
		checkType(request);
	}

	private void checkOrigin(ApiRequest request) {
		String origin = request.header(HttpHeaders.ORIGIN).orElse(null);
		if (origin != null && !this.allowedOrigins.contains(origin) && !isOwn(origin, request.uri())) {
			throw RequestRefusedException.forbidden(
					"pages of the request's origin may not do this, unless " + "kraft.web.allowed-origins has it");
		}
	}

	private static boolean isOwn(String origin, URI own) {
		try {
			URI other = URI.create(origin);
			return http(own.getScheme()).equalsIgnoreCase(other.getScheme()) && own.getHost() != null
					&& own.getHost().equalsIgnoreCase(other.getHost()) && port(own) == port(other);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/** A page that comes by http opens WebSockets by ws. */
	private static String http(String scheme) {
		return switch (scheme.toLowerCase(Locale.ROOT)) {
			case "ws" -> "http";
			case "wss" -> "https";
			default -> scheme;
		};
	}

	private static int port(URI uri) {
		if (uri.getPort() >= 0) {
			return uri.getPort();
		}
		return http(uri.getScheme()).equalsIgnoreCase("https") ? 443 : 80;
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
