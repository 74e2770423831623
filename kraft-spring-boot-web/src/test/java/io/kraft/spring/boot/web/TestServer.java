package io.kraft.spring.boot.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/**
 * An application on a port of its own, and an HTTP client that talks to it.
 */
final class TestServer implements AutoCloseable {

	static final Caller CALLER = new Caller(null, "127.0.0.1", true, () -> false);

	private final HttpClient http = newClient();

	private final ConfigurableApplicationContext context;

	private TestServer(ConfigurableApplicationContext context) {
		this.context = context;
	}

	private static HttpClient newClient() {
		return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();
	}

	/** An application without Spring Security on its class path. */
	static TestServer open(Stack stack, Class<?> application, String... properties) {
		return start(stack, application,
				new FilteredClassLoader("org.springframework.security", "org.springframework.boot.security"),
				properties);
	}

	static TestServer secured(Stack stack, Class<?> application, String... properties) {
		return start(stack, application, new FilteredClassLoader("none"), properties);
	}

	private static TestServer start(Stack stack, Class<?> application, ClassLoader classes, String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--kraft.storage.type=memory",
				"--kraft.shutdown-grace-period=0s", "--spring.main.banner-mode=off",
				"--spring.main.web-application-type=" + stack.name().toLowerCase(Locale.ROOT)));
		if (List.of(properties).stream().noneMatch((property) -> property.startsWith("spring.autoconfigure.exclude"))) {
			arguments.add("--spring.autoconfigure.exclude=");
		}
		if (List.of(properties).stream().noneMatch((property) -> property.startsWith("kraft.web.show-values"))) {
			arguments.add("--kraft.web.show-values=always");
		}
		List.of(properties).forEach((property) -> arguments.add("--" + property));
		return new TestServer(
				new SpringApplicationBuilder(application).resourceLoader(new DefaultResourceLoader(classes))
					.run(arguments.toArray(String[]::new)));
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** Where the web API's calls are made. */
	WebCalls api() {
		return this.context.getBean("kraftWebCalls", WebCalls.class);
	}

	/** Where those of the application's own routes are made. */
	WebCalls routes() {
		return this.context.getBean("kraftRouteCalls", WebCalls.class);
	}

	/** What the server answers to the bytes of a request. */
	String raw(String request) {
		return raw(port(), request);
	}

	/** On the port of the actuator, where it has its own. */
	String rawToActuator(String request) {
		return raw(this.context.getEnvironment().getRequiredProperty("local.management.port", Integer.class), request);
	}

	private static String raw(int port, String request) {
		try (Socket socket = new Socket("localhost", port)) {
			socket.setSoTimeout(30_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A connection on which these bytes were sent. */
	Socket sent(String request) throws IOException {
		Socket socket = new Socket("localhost", port());
		socket.setSoTimeout(30_000);
		socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	Collection<?> beans(Class<?> type) {
		return this.context.getBeansOfType(type).values();
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	URI uri(String path) {
		return URI.create("http://localhost:" + port() + path);
	}

	HttpClient http() {
		return this.http;
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
	}

	Reply get(String path) {
		return send(request(path).GET());
	}

	Reply post(String path) {
		return send(request(path).POST(BodyPublishers.noBody()));
	}

	Reply post(String path, String json) {
		return post(path, BodyPublishers.ofString(json));
	}

	Reply post(String path, BodyPublisher body) {
		return send(request(path).header("Content-Type", "application/json").POST(body));
	}

	Reply delete(String path) {
		return send(request(path).DELETE());
	}

	/**
	 * On a connection of its own: Reactor Netty sometimes leaves the next request on a
	 * kept connection unanswered after one whose body it did not read.
	 */
	Reply send(HttpRequest.Builder request) {
		try (HttpClient client = newClient()) {
			HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
			return new Reply(response.statusCode(), response.headers(), response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	@Override
	public void close() {
		this.http.close();
		this.context.close();
	}

}
