package io.kraft.spring.boot.web;

import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who takes a place leaves those of others, with Spring Security: each caller has a
 * number of its own, and the application's own routes have theirs.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class PermitContract {

	private static final String API = WebApiContract.API;

	private final List<Permit> held = new ArrayList<>();

	private TestServer server;

	abstract Stack stack();

	@BeforeAll
	void start() {
		this.server = TestServer.secured(stack(), Shop.class, "kraft.web.enabled=true",
				"kraft.web.max-concurrent-requests=4", "kraft.web.max-requests-per-caller=3", "kraft.web.max-streams=4",
				"kraft.web.max-streams-per-caller=2", "kraft.web.keep-alive=50ms", "kraft.web.body-timeout=1s");
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@AfterEach
	void giveBack() {
		this.held.forEach(Permit::close);
		this.held.clear();
		await().untilAsserted(() -> {
			assertThat(this.server.api().requests().held()).isZero();
			assertThat(this.server.api().streams().held()).isZero();
			assertThat(this.server.routes().requests().held()).isZero();
			assertThat(this.server.routes().streams().held()).isZero();
		});
	}

	@Test
	void aUserThatHasManyStreamsLeavesRoomForOthers() throws Exception {
		String id = started();
		String stream = "GET " + API + "/runs/" + id + "/events HTTP/1.1\r\nHost: localhost\r\n" + basic("reader")
				+ "\r\n";
		try (Socket one = this.server.sent(stream); Socket two = this.server.sent(stream)) {
			await().until(() -> this.server.api().streams().held() == 2);

			assertThat(this.server.raw(stream.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"))).contains(" 503 ",
					"kraft.web.max-streams-per-caller");
			get("operator", API + "/runs/" + id + "/result?wait=10ms").isStatus(202);
			get("reader", API + "/runs").isStatus(200);
			assertThat(one.isConnected() && two.isConnected()).isTrue();
		}
	}

	@Test
	void aUserWhoGoesAwayFromWaitsLeavesRoomForOthers() throws Exception {
		String id = started();
		String wait = "GET " + API + "/runs/" + id + "/result?wait=2s HTTP/1.1\r\nHost: localhost\r\n" + basic("reader")
				+ "\r\n";
		try (Socket one = this.server.sent(wait); Socket two = this.server.sent(wait)) {
			await().until(() -> this.server.api().streams().held() == 2);
			assertThat(List.of(one, two)).allMatch(Socket::isConnected);
		}

		for (int i = 0; i < 5; i++) {
			get("operator", API + "/runs/" + id + "/result?wait=10ms").isStatus(202);
		}
		assertThat(this.server.api().streams().held()).isLessThanOrEqualTo(2);
	}

	@Test
	void aUserThatSendsSlowlyLeavesRoomForOthers() throws Exception {
		String slow = "POST " + API + "/workflows/deliver HTTP/1.1\r\nHost: localhost\r\n" + basic("operator")
				+ "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
		try (Socket one = this.server.sent(slow);
				Socket two = this.server.sent(slow);
				Socket three = this.server.sent(slow)) {
			await().until(() -> this.server.api().requests().held() == 3);

			assertThat(get("operator", API + "/runs").isProblem(503, "KRAFT-6007").text("/detail"))
				.contains("kraft.web.max-requests-per-caller");
			get("reader", API + "/runs").isStatus(200);
			assertThat(List.of(one, two, three)).allMatch(Socket::isConnected);
		}
	}

	@Test
	void theApplicationsOwnRoutesAndTheWebApiDoNotTakeEachOthersPlaces() {
		String id = this.server.post("/orders", "\"Ada\"").isStatus(202).text("/id");
		takeAll(this.server.api());

		get("reader", API + "/runs").isProblem(503, "KRAFT-6007");
		this.server.get("/orders/" + id + "?wait=10ms").isStatus(200);
		giveBack();
		takeAll(this.server.routes());

		this.server.get("/orders/" + id).isProblem(503, "KRAFT-6007");
		get("reader", API + "/runs/" + id + "/result?wait=10ms").isStatus(202);
	}

	@Test
	void whatIsAnsweredAtOnceNeedsNoPlace() {
		String ended = started();
		send("operator", API + "/runs/" + ended + "/signals/signed", "1").isStatus(202);
		await().until(() -> get("reader", API + "/runs/" + ended).text("/workflow/status").equals("COMPLETED"));
		String last = get("reader", API + "/runs/" + ended + "/events").body()
			.lines()
			.filter((line) -> line.startsWith("id:"))
			.toList()
			.getLast()
			.substring(3);
		take(this.server.api().streams());

		get("reader", API + "/runs/" + ended + "/result?wait=1s").isStatus(200);
		assertThat(this.server.send(as("reader", API + "/runs/" + ended + "/events").header("Last-Event-ID", last))
			.status()).isEqualTo(204);
		get("reader", API + "/runs/" + started() + "/result?wait=1s").isProblem(503, "KRAFT-6007");
		take(this.server.api().requests());
		get("reader", API + "/openapi.json").isStatus(200);
		get("reader", API + "/nothing").isProblem(404, "KRAFT-6004");
		this.server.get(API + "/runs").isProblem(401, "KRAFT-6002");
	}

	private void takeAll(WebCalls calls) {
		take(calls.requests());
		take(calls.streams());
	}

	/** By callers of whom each has one. */
	private void take(Permits permits) {
		// What was answered before gives its place back after its caller has seen the
		// answer.
		await().until(() -> permits.held() == 0);
		for (int i = 0; i < 4; i++) {
			this.held.add(permits.take(new Caller(null, "10.0.0." + i, false, () -> false)));
		}
	}

	private String started() {
		return send("operator", API + "/workflows/deliver", "{\"arguments\":[\"Ada\"]}").isStatus(202).text("/id");
	}

	private Reply get(String user, String path) {
		return this.server.send(as(user, path));
	}

	private Reply send(String user, String path, String json) {
		return this.server.send(as(user, path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json)));
	}

	private HttpRequest.Builder as(String user, String path) {
		return this.server.request(path)
			.header("Authorization", basic(user).strip().substring("Authorization: ".length()));
	}

	private static String basic(String user) {
		return "Authorization: Basic "
				+ Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8)) + "\r\n";
	}

	@Configuration(proxyBeanMethods = false)
	@Import(SecuredApplication.class)
	static class Shop {

		@Bean
		WorkflowRoutes orders(Parcels parcels) {
			return WorkflowRoutes.of("/orders", String.class, parcels::deliver);
		}

	}

}
