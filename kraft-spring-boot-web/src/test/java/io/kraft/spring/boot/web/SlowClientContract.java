package io.kraft.spring.boot.web;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that go away hold up no one else. The server has few threads.
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
				"kraft.web.unsecured-writes=true", "kraft.web.keep-alive=50ms", "kraft.web.max-wait=2s",
				"server.tomcat.threads.max=8", "server.tomcat.threads.min-spare=8",
				"management.endpoint.health.probes.enabled=true");
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

}
