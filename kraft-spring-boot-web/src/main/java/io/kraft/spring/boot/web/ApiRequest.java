package io.kraft.spring.boot.web;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

/**
 * A request, whatever the web stack.
 *
 * @param uri as the caller sees it
 * @param contextPath of the application, which the routes' patterns leave out
 * @param variables of the route's pattern, decoded
 * @param principal the caller; null if it is not authenticated
 * @param body what was sent, within the limit; empty until it is read
 */
public record ApiRequest(URI uri, String contextPath, Map<String, String> variables, HttpHeaders headers,
		@Nullable Principal principal, Body body) {

	private static final String IN_QUERY = "-";

	/**
	 * A request whose body was not read yet.
	 */
	public static ApiRequest of(URI uri, String contextPath, Map<String, String> variables, HttpHeaders headers,
			@Nullable Principal principal) {
		return new ApiRequest(uri, contextPath, variables, headers, principal, Body.NONE);
	}

	ApiRequest withBody(byte[] bytes) {
		return new ApiRequest(this.uri, this.contextPath, this.variables, this.headers, this.principal,
				new Body(bytes));
	}

	/**
	 * A variable of the path. Where the path has {@code -}, it is the query parameter of
	 * the same name: servers and firewalls refuse paths with an encoded slash and the
	 * like, which ids may have.
	 */
	String variable(String name) {
		String value = this.variables.getOrDefault(name, "");
		return value.equals(IN_QUERY) ? parameter(name).orElse(value) : value;
	}

	/** The first query parameter of that name; an empty one counts as absent. */
	Optional<String> parameter(String name) {
		return parameters(name).stream().findFirst();
	}

	/**
	 * Read from the address itself: servers differ in what they make of a malformed one.
	 */
	List<String> parameters(String name) {
		String query = this.uri.getRawQuery();
		return (query != null) ? Stream.of(query.split("&", -1))
			.map((pair) -> pair.split("=", 2))
			.filter((pair) -> pair.length == 2 && !pair[1].isEmpty() && decoded(pair[0]).equals(name))
			.map((pair) -> decoded(pair[1]))
			.toList() : List.of();
	}

	private static String decoded(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw RequestRefusedException.malformed("the query of the request is not percent-encoded");
		}
	}

	Optional<String> header(String name) {
		return Optional.ofNullable(this.headers.getFirst(name)).filter(StringUtils::hasLength);
	}

	/** Without the body and the headers, which do not belong in a log. */
	@Override
	public String toString() {
		return "ApiRequest[" + this.uri.getRawPath() + "]";
	}

}
