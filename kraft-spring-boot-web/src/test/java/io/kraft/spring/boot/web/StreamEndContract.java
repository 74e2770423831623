package io.kraft.spring.boot.web;

import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * A stream does not outlive what its reader was let in for.
 */
abstract class StreamEndContract {

	private static final String API = WebApiContract.API;

	private static final Pattern COOKIE = Pattern.compile("(?i)set-cookie: ([^;\r\n]+)");

	private static final int CLOSE = 0x88;

	abstract Stack stack();

	@Test
	void streamsAndSocketsEndAfterTheirLife() throws Exception {
		try (TestServer server = TestServer.open(stack(), ParcelApplication.class, "kraft.web.enabled=true",
				"kraft.web.unsecured-writes=true", "kraft.web.max-stream-life=300ms", "kraft.web.keep-alive=1h")) {
			String id = server.post(API + "/workflows/deliver", "{\"arguments\":[\"Ada\"]}").text("/id");
			Socket socket = server.sent("GET " + API + "/events HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
					+ "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
					+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

			assertThat(server.get(API + "/runs/" + id + "/events").isStatus(200).body()).contains("SUSPENDED")
				.doesNotContain("event:end");
			assertThat(untilClose(socket)).contains(" 101 ");
			socket.close();
			await().untilAsserted(() -> assertThat(server.api().streams().held()).isZero());
		}
	}

	@Test
	void theConnectionOfAReaderThatReadsNothingEndsToo() throws Exception {
		try (TestServer server = TestServer.open(stack(), SlowReaderContract.BulkApplication.class,
				"kraft.web.enabled=true", "kraft.web.unsecured-writes=true", "kraft.web.max-stream-life=1s",
				"kraft.web.keep-alive=100ms", "server.tomcat.connection-timeout=3s"); Socket socket = new Socket()) {
			String id = server.post(API + "/workflows/bulk", "{\"arguments\":[12]}").text("/id");
			await().until(() -> server.get(API + "/runs/" + id).text("/workflow/status").equals("COMPLETED"));
			socket.setReceiveBufferSize(4096);
			socket.connect(new InetSocketAddress("localhost", server.port()));
			OutputStream out = socket.getOutputStream();
			out.write(("GET " + API + "/runs/" + id + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			await().until(() -> server.api().streams().held() == 1);

			await().atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(server.api().streams().held()).isZero());

			// The other side of an open connection takes it.
			await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThatIOException().isThrownBy(() -> {
				out.write('\n');
				out.flush();
			}));
			assertThat(server.api().streamMemory().held()).isZero();
		}
	}

	@Test
	void aStreamEndsWithTheSessionOfItsReader() throws Exception {
		try (TestServer server = TestServer.secured(stack(), WithSessions.class, "kraft.web.enabled=true",
				"kraft.web.keep-alive=50ms")) {
			String user = "Authorization: Basic "
					+ Base64.getEncoder().encodeToString("operator:secret".getBytes(StandardCharsets.UTF_8)) + "\r\n";
			String id = post(server, user);
			String cookie = "Cookie: " + cookie(get(server, "/login", user)) + "\r\n";
			try (Socket stream = server.sent("GET " + API + "/runs/" + id
					+ "/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + user + cookie + "\r\n")) {
				await().until(() -> server.api().streams().held() == 1);
				assertThat(get(server, API + "/runs", user + cookie)).contains(" 200 ");

				assertThat(get(server, "/logout-now", user + cookie)).contains(" 200 ");

				assertThat(new String(stream.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
					.contains("started")
					.doesNotContain("event:end");
			}
			await().untilAsserted(() -> assertThat(server.api().streams().held()).isZero());
		}
	}

	@Test
	void aStreamEndsWhenTheAuthenticationOfItsReaderExpires() throws Exception {
		try (TestServer server = TestServer.secured(stack(), WithExpiry.class, "kraft.web.enabled=true",
				"kraft.web.keep-alive=1h")) {
			String user = "Authorization: Basic "
					+ Base64.getEncoder().encodeToString("operator:secret".getBytes(StandardCharsets.UTF_8)) + "\r\n";
			String id = post(server, user);

			assertThat(get(server, API + "/runs/" + id + "/events", user)).contains(" 200 ").doesNotContain("event:");
			await().untilAsserted(() -> assertThat(server.api().streams().held()).isZero());
		}
	}

	/** What comes before the frame that closes a WebSocket. */
	private static String untilClose(Socket socket) throws Exception {
		StringBuilder text = new StringBuilder();
		for (int next = socket.getInputStream().read(); next != CLOSE; next = socket.getInputStream().read()) {
			assertThat(next).as("the end of %s", text).isNotNegative();
			text.append((char) next);
		}
		return text.toString();
	}

	private static String post(TestServer server, String headers) {
		String body = "{\"arguments\":[\"Ada\"]}";
		String answer = server.raw("POST " + API + "/workflows/deliver HTTP/1.1\r\nHost: localhost\r\n"
				+ "Connection: close\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n"
				+ headers + "\r\n" + body);
		Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(answer);
		assertThat(id.find()).as(answer).isTrue();
		return id.group(1);
	}

	private static String get(TestServer server, String path, String headers) {
		return server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
	}

	private static String cookie(String answer) {
		Matcher cookie = COOKIE.matcher(answer);
		assertThat(cookie.find()).as(answer).isTrue();
		return cookie.group(1);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(SecuredApplication.class)
	static class WithExpiry {

		@Bean
		CallerExpiry expired() {
			return (caller) -> Instant.EPOCH;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(SecuredApplication.class)
	static class WithSessions {

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		@Import(ServletSessions.class)
		static class Servlet {

		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
		@Import(ReactiveSessions.class)
		static class Reactive {

		}

	}

	@RestController
	static class ServletSessions {

		@GetMapping("/login")
		String login(HttpSession session) {
			session.setAttribute("known", true);
			return "in";
		}

		@GetMapping("/logout-now")
		String logout(HttpSession session) {
			session.invalidate();
			return "out";
		}

	}

	@RestController
	static class ReactiveSessions {

		@GetMapping("/login")
		String login(WebSession session) {
			session.getAttributes().put("known", true);
			return "in";
		}

		@GetMapping("/logout-now")
		Mono<String> logout(WebSession session) {
			return session.invalidate().thenReturn("out");
		}

	}

}
