package io.kraft.spring.boot.web;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.StringUtils;

/**
 * A request, whatever the web stack: what is known of it before its body is read. The
 * stacks keep it as the attribute {@value #ATTRIBUTE}.
 *
 * @param uri as the caller sees it
 * @param contextPath of the application, which the routes' patterns leave out
 * @param mayRead whether the caller may see runs
 */
public record ApiRequest(HttpMethod method, URI uri, String contextPath, HttpHeaders headers, Caller caller,
		boolean mayRead) {

	/** The name of the request attribute; parameters of controllers have it too. */
	public static final String ATTRIBUTE = "kraftRequest";

	private static final String IN_QUERY = "-";

	/**
	 * The variables of a path. Where the path has {@code -}, a variable is the query
	 * parameter of the same name: servers and firewalls refuse paths with an encoded
	 * slash and the like, which ids may have.
	 * @param parameter reads a query parameter
	 * @throws RequestRefusedException if the server cannot read the query
	 */
	public static Map<String, String> variables(Map<String, String> inPath,
			Function<String, @Nullable String> parameter) {
		Map<String, String> variables = new HashMap<>(inPath);
		try {
			// Some servers read the query only now.
			var unused = parameter.apply(IN_QUERY);
			variables.replaceAll((name, value) -> {
				String given = value.equals(IN_QUERY) ? parameter.apply(name) : null;
				return StringUtils.hasLength(given) ? given : value;
			});
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw RequestRefusedException.malformed("the query of the request is not percent-encoded");
		}
		return variables;
	}

	Optional<String> header(String name) {
		return Optional.ofNullable(this.headers.getFirst(name)).filter(StringUtils::hasLength);
	}

	/** All values of a header. */
	List<String> headers(String name) {
		return this.headers.getOrEmpty(name);
	}

	/** Whether a body is declared to follow. */
	boolean hasBody() {
		return this.headers.containsHeader(HttpHeaders.TRANSFER_ENCODING) || this.headers.getContentLength() > 0;
	}

	/** The path, in which no token of a callback can be used. */
	String path() {
		return MaskedPaths.in(this.uri.getRawPath());
	}

	/** Without the headers and parameters, which do not belong in a log. */
	@Override
	public String toString() {
		return "ApiRequest[" + this.method + " " + path() + "]";
	}

}
