package io.kraft.spring.boot.web;

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
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that send slowly, or go away, hold up nobody else. The server has few threads.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SlowClientContract {

	private static final String API = WebApiContract.API;

	private static final int MANY = 40;

	private final List<Socket> sockets = new ArrayList<>();

	private TestServer server;

	abstract Stack stack();

	@BeforeAll
	void start() {
		this.server = TestServer.open(stack(), ParcelApplication.class, "kraft.web.enabled=true",
				"kraft.web.unsecured-writes=true", "kraft.web.body-timeout=1s", "kraft.web.keep-alive=50ms",
				"kraft.web.max-wait=2s", "kraft.web.max-request-size=20000B", "server.tomcat.threads.max=8",
				"server.tomcat.threads.min-spare=8", "management.endpoint.health.probes.enabled=true");
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
			assertThat(this.server.api().streams().held()).isZero();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /kraft/api/runs", "DELETE /kraft/api/runs/x", "GET /kraft/api/openapi.json",
			"GET /kraft/api/nothing", "GET /kraft/api/runs/x/events", "PUT /kraft/api/runs/x",
			"POST /kraft/api/callbacks" })
	void bodiesThatAreNotExpectedHoldNothingUp(String request) throws Exception {
		attack(request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
		attack(request + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n");

		assertThatOthersAreServed();
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain" })
	void bodiesOfOtherTypesHoldNothingUp(String type) throws Exception {
		for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
			attack(method + " /kraft/api/runs/x/cancel HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
					+ "\r\nContent-Length: 1000\r\n\r\na=");
		}

		assertThatOthersAreServed();
	}

	@Test
	void bodiesThatDoNotArriveHoldPermitsUntilTheirDeadlineAndNoThread() throws Exception {
		attack("POST /kraft/api/workflows/deliver HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
				+ "Content-Length: 1000\r\n\r\n{");
		await().until(() -> this.server.api().requests().held() >= MANY / 2);

		assertThatOthersAreServed();
		assertThat(answer(this.sockets.getFirst())).contains(" 400 ", "kraft.web.body-timeout");
		await().untilAsserted(() -> assertThat(this.server.api().requests().held()).isZero());
		assertThatOthersAreServed();
	}

	@Test
	void aBodyThatArrivesInPiecesIsRead() throws Exception {
		Socket socket = this.server
			.sent(String.join("\r\n", "POST /kraft/api/workflows/deliver HTTP/1.1", "Host: localhost",
					"Content-Type: application/json", "Connection: close", "Transfer-Encoding: chunked", "", ""));
		this.sockets.add(socket);
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
	void aSenderThatGoesAwayGivesItsPermitBack() throws Exception {
		attack("POST /kraft/api/workflows/deliver HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
				+ "Content-Length: 1000\r\n\r\n{");
		await().until(() -> this.server.api().requests().held() >= MANY / 2);

		disconnect();

		assertThatOthersAreServed();
	}

	@Test
	void aWaitWhoseClientIsGoneGivesItsPermitBack() throws Exception {
		String id = waiting();
		attack("GET " + API + "/runs/" + id + "/result?wait=2s HTTP/1.1\r\nHost: localhost\r\n\r\n");
		await().until(() -> this.server.api().streams().held() == MANY);

		disconnect();

		assertThatOthersAreServed();
	}

	@Test
	void aStreamWhoseReaderIsGoneGivesItsPermitBack() throws Exception {
		String id = waiting();
		attack("GET " + API + "/runs/" + id + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
		attack("GET " + API + "/events HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
		await().until(() -> this.server.api().streams().held() == 2 * MANY);
		assertThatOthersAreServed();

		disconnect();
	}

	private void attack(String request) throws Exception {
		for (int i = 0; i < MANY; i++) {
			this.sockets.add(this.server.sent(request));
		}
	}

	/** While they wait: health, another request, and a run to its end. */
	private void assertThatOthersAreServed() {
		this.server.get("/actuator/health/liveness").isStatus(200);
		String id = waiting();
		this.server.post(API + "/runs/" + id + "/signals/signed", "\"x\"").isStatus(202);
		this.server.get(API + "/runs/" + id + "/result?wait=2s").isStatus(200);
	}

	private String waiting() {
		return this.server.post(API + "/workflows/deliver", "{\"arguments\":[\"Ada\"]}").isStatus(202).text("/id");
	}

	private static String answer(Socket socket) throws Exception {
		InputStream in = socket.getInputStream();
		byte[] buffer = new byte[4096];
		int read = in.read(buffer);
		return new String(buffer, 0, Math.max(read, 0), StandardCharsets.US_ASCII);
	}

}
