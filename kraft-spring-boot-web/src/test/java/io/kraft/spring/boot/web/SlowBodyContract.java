package io.kraft.spring.boot.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Bodies that arrive slowly hold up no one else, at the web API and at the application's
 * own routes, wherever both are. The server has few threads, and does not end a
 * connection on which nothing comes.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SlowBodyContract {

	private static final int MANY = 40;

	private final List<Socket> sockets = new ArrayList<>();

	private TestServer server;

	abstract Stack stack();

	/** The path below which the stack serves everything. */
	String prefix() {
		return "";
	}

	@BeforeAll
	void start() {
		this.server = TestServer.open(stack(), Shop.class, "kraft.web.enabled=true", "kraft.web.unsecured-writes=true",
				"kraft.web.body-timeout=1s", "kraft.web.max-wait=2s", "kraft.web.max-request-size=20000B",
				"server.tomcat.threads.max=8", "server.tomcat.threads.min-spare=8",
				"server.tomcat.connection-timeout=10m", "management.endpoint.health.probes.enabled=true",
				((stack() == Stack.SERVLET) ? "spring.mvc.servlet.path=" : "spring.webflux.base-path=")
						+ (prefix().isEmpty() && stack() == Stack.SERVLET ? "/" : prefix()));
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@AfterEach
	void disconnect() throws Exception {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.sockets.clear();
		await().untilAsserted(() -> {
			assertThat(this.server.api().requests().held()).isZero();
			assertThat(this.server.routes().requests().held()).isZero();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /kraft/api/runs", "DELETE /kraft/api/runs/x", "GET /kraft/api/openapi.json",
			"GET /kraft/api/nothing", "GET /kraft/api/runs/x/events", "PUT /kraft/api/runs/x",
			"POST /kraft/api/callbacks", "GET /orders/x", "PUT /orders", "DELETE /orders/x" })
	void bodiesThatAreNotExpectedHoldNothingUp(String request) throws Exception {
		attack(request, "Content-Length: 100000\r\n\r\n");
		attack(request, "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{");
		attack(request, "Transfer-Encoding: chunked\r\n\r\n5\r\n");

		assertThatOthersAreServed();
		assertThatAllWereAnswered();
		assertThatOthersAreServed();
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"',
			value = { "/kraft/api/runs/x/cancel,application/x-www-form-urlencoded",
					"/kraft/api/runs/x/cancel,multipart/form-data; boundary=x", "/kraft/api/runs/x/cancel,text/plain",
					"/orders,application/x-www-form-urlencoded", "/orders,multipart/form-data; boundary=x",
					"/orders/x,multipart/form-data; boundary=x", "/orders,text/plain",
					"/%6frders;a=b,multipart/form-data; boundary=x" })
	void bodiesOfOtherTypesHoldNothingUp(String path, String type) throws Exception {
		for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
			attack(method + " " + path, "Content-Type: " + type + "\r\nContent-Length: 1000\r\n\r\n--x\r\na=");
		}

		assertThatOthersAreServed();
		assertThatAllWereAnswered();
		assertThatOthersAreServed();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Type: MULTIPART/Form-Data; boundary=x\r\nContent-Length: 1000\r\n\r\n--x\r\n",
			"Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n--",
			"Content-Type: multipart/form-data; boundary=x\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n",
			"Content-Type: application/json\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000\r\n\r\n--x\r\n",
			"Content-Type: multipart/form-data; boundary=x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n--x\r\n",
			"Content-Type: application/json, multipart/form-data; boundary=x\r\nContent-Length: 1000\r\n\r\n--x\r\n" })
	void bodiesInDisguiseHoldNothingUp(String rest) throws Exception {
		attack("POST /orders", rest);
		attack("PUT /orders/x", rest);

		assertThatOthersAreServed();
		assertThatAllWereAnswered();
		assertThatOthersAreServed();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/kraft/api/workflows/deliver", "/orders" })
	void bodiesThatDoNotArriveHoldPermitsUntilTheirDeadlineAndNoThread(String path) throws Exception {
		attack("POST " + path, "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
		await().until(() -> held() >= MANY / 2);

		assertThatOthersAreServed();
		for (Socket socket : this.sockets) {
			assertThat(answer(socket)).contains(" 400 ", "kraft.web.body-timeout");
		}
		await().untilAsserted(() -> assertThat(held()).isZero());
		assertThatOthersAreServed();
	}

	@Test
	void aBodyThatArrivesInPiecesIsRead() throws Exception {
		Socket socket = sent("POST /kraft/api/workflows/deliver",
				"Content-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
		for (String piece : List.of("{\"arg", "uments\":", "[\"Ada\"", "]}")) {
			socket.getOutputStream()
				.write((Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().flush();
		}
		socket.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

		assertThat(answer(socket)).contains(" 202 ");
	}

	@Test
	void aConnectionIsKeptIfItsBodyHasArrived() throws Exception {
		Socket socket = sent("PUT /orders", "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");

		assertThat(answer(socket)).contains(" 405 ");
		socket.getOutputStream()
			.write(("GET " + prefix() + "/actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\n"
					+ "Connection: close\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)).contains(" 200 ");
	}

	@Test
	void aSenderThatGoesAwayGivesItsPermitBack() throws Exception {
		attack("POST /kraft/api/workflows/deliver", "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
		await().until(() -> held() >= MANY / 2);

		disconnect();

		assertThatOthersAreServed();
	}

	private int held() {
		return this.server.api().requests().held() + this.server.routes().requests().held();
	}

	/**
	 * Requests that are not complete.
	 * @param request method and path
	 * @param rest what follows the header Host
	 */
	private void attack(String request, String rest) throws IOException {
		for (int i = 0; i < MANY; i++) {
			sent(request, rest);
		}
	}

	private Socket sent(String request, String rest) throws IOException {
		Socket socket = this.server
			.sent(request.replace(" /", " " + prefix() + "/") + " HTTP/1.1\r\nHost: localhost\r\n" + rest);
		this.sockets.add(socket);
		return socket;
	}

	private void assertThatAllWereAnswered() throws Exception {
		for (Socket socket : this.sockets) {
			assertThat(answer(socket)).startsWith("HTTP/1.1 ").doesNotStartWith("HTTP/1.1 5");
		}
	}

	/** While they wait: health, another request, and a run to its end. */
	private void assertThatOthersAreServed() {
		this.server.get(prefix() + "/actuator/health/liveness").isStatus(200);
		String id = this.server.post(prefix() + "/orders", "\"Ada\"").isStatus(202).text("/id");
		String run = prefix() + "/kraft/api/runs/" + id;
		this.server.post(run + "/signals/signed", "\"x\"").isStatus(202);
		this.server.get(run + "/result?wait=2s").isStatus(200);
	}

	private static String answer(Socket socket) throws IOException {
		InputStream in = socket.getInputStream();
		byte[] buffer = new byte[4096];
		int read = in.read(buffer);
		return new String(buffer, 0, Math.max(read, 0), StandardCharsets.US_ASCII);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ParcelApplication.class)
	static class Shop {

		@Bean
		WorkflowRoutes orders(Parcels parcels) {
			return WorkflowRoutes.of("/orders", String.class, parcels::deliver);
		}

	}

}
