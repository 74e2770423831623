package io.kraft.spring.boot.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.kraft.spring.boot.web.SlowReaderContract.BulkApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Large bodies that do not arrive whole, and large answers that are not read, do not fill
 * the heap: one caller leaves room for others, and small ones go on.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SlowTransferContract {

	private static final int MEGABYTE = 1024 * 1024;

	private final List<Socket> sockets = new ArrayList<>();

	private TestServer server;

	abstract Stack stack();

	@BeforeAll
	void start() {
		this.server = TestServer.open(stack(), BulkShop.class, "kraft.web.enabled=true",
				"kraft.web.unsecured-writes=true", "kraft.web.body-timeout=60s",
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
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			assertThat(this.server.routes().bodies().held()).isZero();
			assertThat(this.server.api().answers().held()).isZero();
		});
	}

	@Test
	@Timeout(value = 120, unit = TimeUnit.SECONDS)
	void bodiesThatDoNotArriveWholeHoldNoMoreThanOneCallerMay() throws Exception {
		TransferMemory bodies = this.server.routes().bodies();
		byte[] part = ("\"" + "x".repeat(2 * MEGABYTE)).getBytes(StandardCharsets.US_ASCII);
		// Each is held twice: while it grows, and as a whole.
		long many = bodies.limit() / 4 / (2L * part.length) + 1;
		for (int i = 0; i < many; i++) {
			send(part);
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> bodies.held() > bodies.limit() / 8);

		assertThat(firstLines(send(part))).contains(" 503 ", "KRAFT-6007");
		assertThat(bodies.held()).isLessThanOrEqualTo(Math.max(bodies.limit() / 4, 2L * part.length));
		assertThatSmallOnesAreServed();
	}

	private Socket send(byte[] part) throws IOException {
		Socket socket = open();
		socket.getOutputStream()
			.write(("POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
					+ (part.length + 1) + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		try {
			socket.getOutputStream().write(part);
		}
		catch (IOException ex) {
			// It was refused before it was sent.
		}
		return socket;
	}

	@Test
	@Timeout(value = 120, unit = TimeUnit.SECONDS)
	void answersThatAreNotReadHoldNoMoreThanOneCallerMay() throws Exception {
		TransferMemory answers = this.server.api().answers();
		String id = this.server.post(WebApiContract.API + "/workflows/bulk", "{\"arguments\":[6]}")
			.isStatus(202)
			.text("/id");
		this.server.get(WebApiContract.API + "/runs/" + id + "/result?wait=30s").isStatus(200);
		long many = answers.limit() / 4 / (8 * MEGABYTE) + 2;
		for (int i = 0; i < many; i++) {
			ask(id);
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> answers.held() > 0);

		assertThat(firstLines(ask(id))).contains(" 503 ", "KRAFT-6007");
		assertThat(answers.held()).isLessThanOrEqualTo(answers.limit() / 4);
		assertThatSmallOnesAreServed();
	}

	/** Several times, as the kernel takes some megabytes. */
	private Socket ask(String id) throws IOException {
		Socket socket = open();
		socket.getOutputStream()
			.write(("GET " + WebApiContract.API + "/runs/" + id
					+ "/journal?limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n")
				.repeat(4)
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	/** With small buffers, so that the server notices that nothing is read. */
	private Socket open() throws IOException {
		Socket socket = new Socket();
		this.sockets.add(socket);
		socket.setReceiveBufferSize(4096);
		socket.setSoTimeout(30_000);
		socket.connect(new InetSocketAddress("localhost", this.server.port()));
		return socket;
	}

	private static String firstLines(Socket socket) throws IOException {
		StringBuilder answer = new StringBuilder();
		byte[] buffer = new byte[1024];
		int read = 0;
		while (read >= 0 && answer.length() < 4096 && answer.indexOf("KRAFT-") < 0) {
			read = socket.getInputStream().read(buffer);
			answer.append(new String(buffer, 0, Math.max(read, 0), StandardCharsets.US_ASCII));
		}
		return answer.toString();
	}

	private void assertThatSmallOnesAreServed() {
		this.server.get("/actuator/health/liveness").isStatus(200);
		String id = this.server.post("/orders", "\"Ada\"").isStatus(202).text("/id");
		this.server.get("/orders/" + id).isStatus(200);
		this.server.get(WebApiContract.API + "/runs/" + id).isStatus(200);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(BulkApplication.class)
	static class BulkShop {

		@Bean
		WorkflowRoutes orders(Parcels parcels) {
			return WorkflowRoutes.of("/orders", String.class, parcels::deliver);
		}

	}

}
