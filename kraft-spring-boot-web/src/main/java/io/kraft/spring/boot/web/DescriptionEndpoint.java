package io.kraft.spring.boot.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The OpenAPI description of the web API.
 */
final class DescriptionEndpoint {

	/** What the description has as path, which the application decides. */
	private static final String SERVER = "/kraft/api";

	private final String description;

	private final String base;

	/**
	 * The endpoint.
	 * @param base path of the API, below the context path
	 */
	DescriptionEndpoint(String base) {
		this.description = read();
		this.base = base;
	}

	List<Route> routes() {
		return List.of(Route.get("/openapi.json", (request) -> Answer.Content.json(200,
				this.description.replace("\"" + SERVER + "\"", WebJson.write(request.contextPath() + this.base)))));
	}

	private static String read() {
		try (InputStream resource = DescriptionEndpoint.class.getResourceAsStream("openapi.json")) {
			if (resource == null) {
				throw new IllegalStateException("openapi.json is missing beside " + DescriptionEndpoint.class);
			}
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
