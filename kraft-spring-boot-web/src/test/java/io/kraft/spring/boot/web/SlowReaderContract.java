package io.kraft.spring.boot.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Readers that do not read what they have asked for.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SlowReaderContract {

	private static final long LIMIT = 32 * 1024 * 1024;

	private static final int ENTRIES = 12;

	private TestServer server;

	abstract Stack stack();

	@BeforeAll
	void start() {
		this.server = TestServer.open(stack(), BulkApplication.class, "kraft.web.enabled=true",
				"kraft.web.unsecured-writes=true", "kraft.web.keep-alive=100ms",
				"kraft.web.max-stream-memory=" + LIMIT + "B", "kraft.web.max-scheduled-runs=2",
				"server.tomcat.connection-timeout=3s");
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	@Timeout(value = 120, unit = TimeUnit.SECONDS)
	void readersThatDoNotReadHoldNoMoreThanAllMayAndAreDroppedForThoseThatDo() throws Exception {
		String id = bulk(ENTRIES);
		StreamMemory memory = this.server.api().streamMemory();
		List<Socket> slow = new ArrayList<>();
		try {
			for (int i = 0; i < 30; i++) {
				slow.add(open(id));
			}
			await().atMost(Duration.ofSeconds(30)).until(() -> memory.held() > LIMIT / 2);

			int entries = 0;
			try (Socket reader = open(id)) {
				entries = entries(reader);
			}

			assertThat(entries).isGreaterThan(ENTRIES);
			assertThat(memory.held()).isLessThanOrEqualTo(LIMIT);
			this.server.get(WebApiContract.API + "/runs/" + id).isStatus(200);
		}
		finally {
			for (Socket socket : slow) {
				socket.close();
			}
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> memory.held() == 0);
	}

	/** Behind what the kernel takes, which is some megabytes. */
	@Test
	@Timeout(value = 120, unit = TimeUnit.SECONDS)
	void aReaderThatReadsNothingIsNotSentWhatComesBehindItsBuffers() throws Exception {
		String id = bulk(5 * ENTRIES);
		StreamMemory memory = this.server.api().streamMemory();
		try (Socket socket = open(id)) {
			assertThat(socket.isConnected()).isTrue();
			await().atMost(Duration.ofSeconds(30)).until(() -> memory.held() > 0);

			await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(30)).until(() -> memory.held() > 0);
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> memory.held() == 0);
	}

	/** A run with a large journal. */
	private String bulk(int entries) {
		return this.server.post(WebApiContract.API + "/workflows/bulk", "{\"arguments\":[" + entries + "]}")
			.isStatus(202)
			.text("/id");
	}

	/** With small buffers, so that the server notices that nothing is read. */
	private Socket open(String id) throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(4096);
		socket.connect(new InetSocketAddress("localhost", this.server.port()));
		socket.getOutputStream()
			.write(("GET " + WebApiContract.API + "/runs/" + id + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	/** To the end of the run. */
	private static int entries(Socket socket) throws IOException {
		BufferedReader lines = new BufferedReader(
				new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
		int entries = 0;
		for (String line = lines.readLine(); line != null && !line.startsWith("event:end"); line = lines.readLine()) {
			entries += line.startsWith("event:entry") ? 1 : 0;
		}
		return entries;
	}

	@Test
	void aStartWithADelayIsRefusedWhileTooManyRunsWaitForTheTimeOfTheirs() {
		String delayed = "{\"arguments\":[0],\"delay\":\"PT1H\"}";
		this.server.post(WebApiContract.API + "/workflows/bulk", delayed).isStatus(202);
		String second = this.server.post(WebApiContract.API + "/workflows/bulk", delayed).isStatus(202).text("/id");

		this.server.post(WebApiContract.API + "/workflows/bulk", delayed).isProblem(503, "KRAFT-6007");
		this.server.post(WebApiContract.API + "/workflows/bulk", "{\"arguments\":[0]}").isStatus(202);

		this.server.post(WebApiContract.API + "/runs/" + second + "/terminate").isStatus(200);
		this.server.post(WebApiContract.API + "/workflows/bulk", delayed).isStatus(202);
	}

	@Test
	void aStartWithTooManyTagsIsAnsweredAsWhatItIs() {
		StringBuilder tags = new StringBuilder("\"a\":\"b\"");
		for (int i = 0; i < 64; i++) {
			tags.append(",\"t" + i + "\":\"x\"");
		}

		this.server.post(WebApiContract.API + "/workflows/bulk", "{\"arguments\":[0],\"tags\":{" + tags + "}}")
			.isProblem(422, "KRAFT-3015");
	}

	/** Fills journals. */
	static class Bulk {

		private final WorkflowContext context;

		Bulk(WorkflowContext context) {
			this.context = context;
		}

		@Workflow(name = "bulk")
		int bulk(int entries) {
			int length = 0;
			for (int i = 0; i < entries; i++) {
				length += fill(i).length();
			}
			this.context.now();
			return length;
		}

		@Step
		String fill(int number) {
			return "x".repeat(1_000_000 + number);
		}

	}

	/** With journals that are larger than what streams may hold. */
	@Configuration(proxyBeanMethods = false)
	@Import({ ParcelApplication.class, Bulk.class })
	static class BulkApplication {

	}

}
