package io.kraft.spring.boot.web;

import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Refuses what a page of another site makes a browser send in the name of its user.
 * Immutable.
 * <p>
 * A browser says where a request comes from in two headers that no script can set:
 * {@code Origin} (of requests that change something, of WebSockets, and of what scripts
 * read) and {@code Sec-Fetch-Site} (of all). A site whose name its owner lets point to
 * this machine once its page is loaded (DNS rebinding) is of the same origin as the
 * application for the browser, so that both headers say nothing of it; but its name is in
 * {@code Host}. An IP address cannot be made to point elsewhere.
 */
public final class BrowserRule {

	private static final String FETCH_SITE = "Sec-Fetch-Site";

	private final AccessRule rule;

	private final Set<String> allowedHosts;

	private final Set<String> allowedOrigins;

	/**
	 * A rule.
	 * @param rule knows who is authenticated: the browser has no credentials for a name
	 * that is not the application's
	 * @param allowedHosts names of hosts, without a port
	 * @param allowedOrigins such as {@code https://ops.example.com}
	 */
	BrowserRule(AccessRule rule, List<String> allowedHosts, List<String> allowedOrigins) {
		this.rule = rule;
		this.allowedHosts = allowedHosts.stream()
			.map((host) -> host.toLowerCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
		this.allowedOrigins = Set.copyOf(allowedOrigins);
	}

	/**
	 * Returns if the request may proceed.
	 * @param uri of the request, as the caller sees it
	 * @param headers all values of a header
	 * @throws RequestRefusedException if it may not
	 */
	public void check(HttpMethod method, URI uri, Function<String, List<String>> headers) {
		if (!this.rule.isSecured()) {
			checkHost(headers.apply(HttpHeaders.HOST), uri.getHost());
		}
		List<String> origins = headers.apply(HttpHeaders.ORIGIN);
		if (origins.size() > 1) {
			throw RequestRefusedException.forbidden("the request has several headers Origin");
		}
		if (origins.size() == 1) {
			if (this.allowedOrigins.contains(origins.getFirst())) {
				return;
			}
			if (!isOwn(origins.getFirst(), uri)) {
				throw foreign();
			}
		}
		checkSite(method, headers);
	}

	/**
	 * Returns if a request may proceed that the application's filters have let through:
	 * if they have authenticated no one, only by a known name of the host.
	 * @param caller null if there is none
	 * @throws RequestRefusedException if it may not
	 */
	void checkHost(@Nullable Principal caller, URI uri, Function<String, List<String>> headers) {
		if (!this.rule.isAuthenticated(caller)) {
			checkHost(headers.apply(HttpHeaders.HOST), uri.getHost());
		}
	}

	private void checkHost(List<String> given, @Nullable String asSeen) {
		// What a proxy has forwarded can be sent by a page, too.
		boolean isKnown = given.size() <= 1 && given.stream().allMatch((host) -> isKnown(HostName.withoutPort(host)));
		if (!isKnown || asSeen == null || !isKnown(asSeen)) {
			throw RequestRefusedException.forbidden("the host of a request of which no one is authenticated is an IP "
					+ "address, localhost, or one of kraft.web.allowed-hosts");
		}
	}

	private boolean isKnown(String host) {
		String name = host.toLowerCase(Locale.ROOT);
		return name.equals("localhost") || HostName.isAddress(name) || this.allowedHosts.contains(name);
	}

	private static void checkSite(HttpMethod method, Function<String, List<String>> headers) {
		List<String> sites = headers.apply(FETCH_SITE);
		boolean isOwn = sites.isEmpty() || sites.equals(List.of("same-origin")) || sites.equals(List.of("none"));
		if (!isOwn && !isLink(method, headers)) {
			throw foreign();
		}
	}

	/** A click on a link shows the answer to the user only, not to the page. */
	private static boolean isLink(HttpMethod method, Function<String, List<String>> headers) {
		return method.equals(HttpMethod.GET) && headers.apply("Sec-Fetch-Mode").equals(List.of("navigate"))
				&& headers.apply("Sec-Fetch-Dest").equals(List.of("document"))
				&& headers.apply(HttpHeaders.UPGRADE).isEmpty();
	}

	private static RequestRefusedException foreign() {
		return RequestRefusedException
			.forbidden("pages of the request's origin may not do this, unless kraft.web.allowed-origins has it");
	}

	private static boolean isOwn(String origin, URI own) {
		try {
			URI other = URI.create(origin);
			String written = other.getScheme() + "://" + other.getRawAuthority();
			return written.equals(origin) && other.getRawUserInfo() == null
					&& http(own.getScheme()).equalsIgnoreCase(other.getScheme()) && own.getHost() != null
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

}
