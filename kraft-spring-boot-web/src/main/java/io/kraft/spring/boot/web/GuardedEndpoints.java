package io.kraft.spring.boot.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which requests go to the actuator's endpoints of Kraft, and which of them are refused
 * because of the page that they come from. Boot takes a request without a body as an
 * operation without parameters, which any page can make a browser send.
 */
public final class GuardedEndpoints {

	private static final List<String> IDS = List.of("workflowruns", "workflowschedules", "workflowqueues",
			"workflowbackups", "workflowreplay");

	private static final int FORBIDDEN = 403;

	private final ObjectProvider<BrowserRule> rule;

	private final SingletonSupplier<List<PathPattern>> paths;

	/**
	 * The endpoints that are exposed, wherever the application has put them.
	 */
	public GuardedEndpoints(ObjectProvider<PathMappedEndpoints> endpoints, ObjectProvider<BrowserRule> rule) {
		this.rule = rule;
		this.paths = SingletonSupplier.of(() -> endpoints.stream()
			.flatMap((exposed) -> IDS.stream().map((id) -> exposed.getPath(EndpointId.of(id))))
			.filter(Objects::nonNull)
			.map((path) -> PathPatternParser.defaultInstance.parse(path + "/**"))
			.toList());
	}

	/**
	 * Whether a request goes to one of them.
	 * @param path within the application
	 */
	public boolean cover(PathContainer path) {
		return this.paths.obtain().stream().anyMatch((pattern) -> pattern.matches(path));
	}

	/**
	 * Decides about a request.
	 * @return the body of the refusal, with status 403; null if the request may proceed
	 */
	public byte @Nullable [] refusal(HttpMethod method, URI uri, HttpHeaders headers) {
		return method.equals(HttpMethod.OPTIONS) ? null
				: refusal((present) -> present.check(method, uri, headers::getOrEmpty));
	}

	/**
	 * Decides about a request that the application's filters have let through.
	 * @param caller null if they have authenticated no one
	 * @return the body of the refusal, with status 403; null if the request may proceed
	 */
	public byte @Nullable [] refusal(@Nullable Principal caller, URI uri, HttpHeaders headers) {
		return refusal((present) -> present.checkHost(caller, uri, headers::getOrEmpty));
	}

	private byte @Nullable [] refusal(Consumer<BrowserRule> check) {
		try {
			Optional.ofNullable(this.rule.getIfAvailable()).ifPresent(check);
			return null;
		}
		catch (RequestRefusedException ex) {
			return WebJson.write(new Refused(FORBIDDEN, String.valueOf(ex.getMessage()), ex.code()))
				.getBytes(StandardCharsets.UTF_8);
		}
	}

	/**
	 * As the endpoints themselves refuse.
	 */
	record Refused(int status, String message, String code) {
	}

}
