package io.kraft.spring.boot.web;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the web API does with requests that mean no good.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class HostileRequestContract {

	private static final String API = WebApiContract.API;

	private static final int LIMIT = 20_000;

	private TestServer server;

	abstract Stack stack();

	@BeforeAll
	void start() {
		this.server = TestServer.open(stack(), ParcelApplication.class, "kraft.web.enabled=true",
				"kraft.web.unsecured-writes=true", "kraft.web.max-request-size=" + LIMIT + "B",
				"kraft.engine.max-payload-size=10000B", "kraft.web.max-concurrent-requests=4",
				"kraft.web.max-streams=2", "kraft.web.keep-alive=100ms",
				"kraft.web.allowed-origins=https://ops.example.com");
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	void aBodyOfTheLimitIsReadAndALargerOneIsNot() {
		post(body(LIMIT)).isStatus(202);
		post(body(LIMIT + 1)).isProblem(413, "KRAFT-6005");
	}

	@Test
	void aBodyThatDoesNotSayHowLargeItIsIsCutOff() {
		byte[] huge = body(LIMIT * 3).getBytes(StandardCharsets.UTF_8);

		this.server.post(API + "/workflows/deliver", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge)))
			.isProblem(413, "KRAFT-6005");
	}

	@Test
	void aBodyWithoutEndHoldsNothingUp() throws Exception {
		try (Socket socket = new Socket("localhost", this.server.port())) {
			OutputStream out = socket.getOutputStream();
			out.write(("POST " + API + "/workflows/deliver HTTP/1.1\r\nHost: localhost\r\n"
					+ "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			byte[] chunk = ("1000\r\n" + " ".repeat(0x1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
			for (int i = 0; i < 8; i++) {
				out.write(chunk);
			}
			out.flush();

			assertThat(firstLine(socket.getInputStream())).contains("413");
		}
	}

	@Test
	void aValueThatIsTooLargeToBeJournaledIsRefused() {
		this.server.post(API + "/workflows/deliver", "{\"arguments\":[\"" + "x".repeat(11_000) + "\"]}")
			.isProblem(413, "KRAFT-1005");
	}

	@Test
	void deepJsonIsRefused() {
		String deep = "[".repeat(9_000) + "]".repeat(9_000);

		this.server.post(API + "/workflows/deliver", "{\"arguments\":" + deep + "}").isProblem(400, "KRAFT-6001");
		this.server.post(API + "/runs/" + waiting() + "/signals/signed", deep).isProblem(400, "KRAFT-6001");
	}

	@Test
	void badUtf8IsRefused() {
		byte[] bytes = "{\"id\":\"aXb\"}".getBytes(StandardCharsets.ISO_8859_1);
		bytes[8] = (byte) 0xC3;

		this.server.post(API + "/workflows/deliver", BodyPublishers.ofByteArray(bytes)).isProblem(400, "KRAFT-6001");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x",
			"application/xml", "application/json-patch+json", "/", "application/json2" })
	void aBodyOfAnotherTypeIsRefusedAlsoIfItIsEmpty(String type) {
		for (String body : List.of("", "{}")) {
			this.server
				.send(this.server.request(API + "/runs/nobody/cancel")
					.header("Content-Type", type)
					.POST(BodyPublishers.ofString(body)))
				.isProblem(415, "KRAFT-6006");
		}
	}

	@Test
	void aBodyWithoutATypeIsRefused() {
		this.server
			.send(this.server.request(API + "/workflows/deliver").POST(BodyPublishers.ofString("{\"arguments\":[1]}")))
			.isProblem(415, "KRAFT-6006");
	}

	@Test
	void aTypeMaySayTheEncoding() {
		this.server
			.send(this.server.request(API + "/workflows/deliver")
				.header("Content-Type", "application/json;charset=UTF-8")
				.POST(BodyPublishers.ofString("{\"arguments\":[\"x\"]}")))
			.isStatus(202);
	}

	@Test
	void pagesOfOtherSitesChangeNothing() {
		String id = waiting();

		for (String origin : List.of("https://evil.example", "null", "http://localhost", "http://localhost:1",
				"http://localhost.evil.example:" + this.server.port(), "garbage%")) {
			cancel(id, origin).isProblem(403, "KRAFT-6003");
		}
		cancel(id, "http://localhost:" + this.server.port()).isStatus(202);
		cancel(waiting(), "https://ops.example.com").isStatus(202);
	}

	private Reply cancel(String id, String origin) {
		return this.server.send(this.server.request(API + "/runs/" + id + "/cancel")
			.header("Origin", origin)
			.POST(BodyPublishers.noBody()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/kraft/api", "/kraft/api/", "/kraft/api/nothing", "/kraft/api/runs/x/nothing",
			"/kraft/api/runs/", "/kraft/api/openapi.yaml" })
	void whatDoesNotExistIsNotFound(String path) {
		this.server.get(path).isProblem(404, "KRAFT-6004");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/kraft/api/runs/../../../etc/passwd", "/kraft/api/../application.properties",
			"/kraft/api/%2e%2e/%2e%2e/etc/passwd", "/kraft/api/runs/..;/x", "/kraft/api/runs/%00",
			"/kraft/api/runs/a%00b", "/kraft/api/runs/%0d%0aSet-Cookie:x", "/kraft/api/runs/%c3%28",
			"/kraft/api/runs/a%2Fb", "/kraft/api/runs/-?id=%00", "/kraft/api/runs/-?id=%ff" })
	void aPathWithTricksIsRefusedOrUnknown(String path) throws Exception {
		String response = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

		assertThat(response.lines().findFirst().orElseThrow()).containsAnyOf(" 400", " 404");
		assertThat(response).doesNotContain("\nSet-Cookie", "\tat ", "root:");
	}

	@Test
	void anotherMethodIsRefusedWithThoseThatAreAllowed() {
		Reply reply = this.server.send(this.server.request(API + "/runs/x").method("PUT", BodyPublishers.noBody()))
			.isProblem(405, "KRAFT-6004");

		assertThat(reply.header("allow")).isEqualTo("DELETE, GET");
		this.server.get(API + "/runs/x/cancel").isProblem(405, "KRAFT-6004");
	}

	@Test
	void bodiesThatDoNotComeHoldASmallNumberOfPlacesAndTheOthersAreToldToComeAgain() throws Exception {
		List<Socket> slow = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			slow.add(half());
		}

		await().untilAsserted(() -> {
			Reply reply = this.server.get(API + "/runs").isProblem(503, "KRAFT-6007");
			assertThat(reply.header("retry-after")).isEqualTo("1");
		});
		for (Socket socket : slow) {
			socket.close();
		}

		await().untilAsserted(() -> this.server.get(API + "/runs").isStatus(200));
	}

	@Test
	void streamsWhoseReadersGoAwayAreLetGoOf() throws Exception {
		String id = waiting();
		for (int round = 0; round < 5; round++) {
			List<Socket> streams = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				streams.add(stream(id));
			}
			// One more stream would be answered without end.
			assertThat(firstLineOfStream(id)).contains("503");
			for (Socket stream : streams) {
				stream.close();
			}
		}
		stream(id).close();
	}

	private String firstLineOfStream(String id) throws Exception {
		try (Socket socket = asking(id)) {
			return firstLine(socket.getInputStream());
		}
	}

	/** An open stream, as soon as there is a place for it. */
	private Socket stream(String id) throws Exception {
		Socket socket = asking(id);
		while (!firstLine(socket.getInputStream()).contains("200")) {
			socket.close();
			socket = asking(id);
		}
		return socket;
	}

	private Socket asking(String id) throws Exception {
		Socket socket = new Socket("localhost", this.server.port());
		socket.setSoTimeout(30_000);
		socket.getOutputStream()
			.write(("GET " + API + "/runs/" + id + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	private Socket half() throws Exception {
		Socket socket = new Socket("localhost", this.server.port());
		socket.getOutputStream()
			.write(("POST " + API + "/workflows/deliver HTTP/1.1\r\nHost: localhost\r\n"
					+ "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	private String raw(String request) throws Exception {
		try (Socket socket = new Socket("localhost", this.server.port())) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static String firstLine(InputStream in) throws Exception {
		StringBuilder line = new StringBuilder();
		for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
			line.append((char) next);
		}
		return line.toString();
	}

	private String waiting() {
		return this.server.post(API + "/workflows/deliver", "{\"arguments\":[\"Ada\"]}").isStatus(202).text("/id");
	}

	private Reply post(String body) {
		return this.server.post(API + "/workflows/deliver", body);
	}

	/** A start of that many bytes; JSON may have any number of spaces. */
	private static String body(int bytes) {
		String start = "{\"arguments\":[\"Ada\"]}";
		return start + " ".repeat(bytes - start.length());
	}

}
