package io.kraft.spring.boot.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;

/**
 * The OpenAPI description of the web API.
 */
final class DescriptionController extends ApiController {

	/** What the description has as path, which the application decides. */
	private static final String SERVER = "/kraft/api";

	private final String description;

	private final String base;

	/**
	 * The controller.
	 * @param base path of the API, below the context path
	 */
	DescriptionController(String base) {
		this.description = read();
		this.base = base;
	}

	@Override
	public boolean answersImmediately() {
		return true;
	}

	@GetMapping("/openapi.json")
	ResponseEntity<byte[]> describe(@RequestAttribute ApiRequest kraftRequest) {
		return Answers.text(200, MediaType.APPLICATION_JSON,
				this.description.replace("\"" + SERVER + "\"", WebJson.write(kraftRequest.contextPath() + this.base)));
	}

	private static String read() {
		try (InputStream resource = DescriptionController.class.getResourceAsStream("openapi.json")) {
			if (resource == null) {
				throw new IllegalStateException("openapi.json is missing beside " + DescriptionController.class);
			}
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
