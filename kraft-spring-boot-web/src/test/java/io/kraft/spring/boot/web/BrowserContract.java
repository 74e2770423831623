package io.kraft.spring.boot.web;

import java.util.List;
import java.util.Locale;

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
 * What a page of another site can make a browser do: nothing.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class BrowserContract {

	private static final String API = WebApiContract.API;

	private static final String UPGRADE = String.join("\r\n", "Upgrade: websocket", "Connection: Upgrade, close",
			"Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "");

	private TestServer server;

	abstract Stack stack();

	@BeforeAll
	void start() {
		this.server = TestServer.open(stack(), ParcelApplication.class, "kraft.web.enabled=true",
				"kraft.web.unsecured-writes=true", "kraft.web.allowed-hosts=ops.example.com",
				"kraft.web.allowed-origins=https://ops.example.com", "management.endpoints.web.exposure.include=*",
				"management.endpoints.access.default=unrestricted");
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1", "127.0.0.1:8080", "[::1]:8080", "ops.example.com",
			"OPS.example.com:81" })
	void aHostThatCannotBeReboundIsAccepted(String host) {
		for (String path : List.of(API + "/runs", "/actuator/workflowruns")) {
			assertThat(get(path, host, "")).contains(" 200 ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8080",
			"ops.example.com.evil.example", "1.2.3.4.nip.io", "localhost." })
	void aNameThatItsOwnerCanPointToThisMachineIsRefused(String host) {
		String id = waiting();

		for (String path : List.of(API + "/runs", API + "/runs/" + id + "/events", API + "/openapi.json",
				"/actuator/workflowruns", "/actuator/workflowruns/" + id, "/actuator/workflowqueues")) {
			assertThat(get(path, host, "")).contains(" 403 ", "KRAFT-6003", "kraft.web.allowed-hosts")
				.doesNotContain("SUSPENDED");
		}
		assertThat(get(API + "/events", host, UPGRADE)).contains(" 403 ").doesNotContain(" 101 ");
		assertThat(post(API + "/runs/" + id + "/cancel", host, "")).contains(" 403 ");
		assertThat(post("/actuator/workflowruns/" + id + "/terminate", host, "")).contains(" 403 ");
		assertThat(this.server.get(API + "/runs/" + id).text("/workflow/status")).isEqualTo("SUSPENDED");
	}

	@Test
	void whatAProxyWouldForwardDoesNotReplaceTheHost() {
		assertThat(get(API + "/runs", "evil.example", "X-Forwarded-Host: localhost\r\nForwarded: host=localhost\r\n"))
			.contains(" 403 ");
	}

	@Test
	void theActuatorsOwnPortIsGuardedAlsoWithoutTheWebApi() {
		// Both servers are on the class path, and each would serve a reactive actuator.
		String other = (stack() == Stack.REACTIVE) ? "org.springframework.boot.tomcat.autoconfigure.actuate.web.server."
				+ "TomcatReactiveManagementContextAutoConfiguration" : "";
		try (TestServer own = TestServer.open(stack(), ParcelApplication.class, "spring.autoconfigure.exclude=" + other,
				"management.server.port=0", "management.endpoints.web.base-path=/ops",
				"management.endpoints.web.path-mapping.workflowruns=runs",
				"management.endpoints.web.exposure.include=*", "management.endpoints.access.default=unrestricted")) {
			String get = "GET /ops/runs HTTP/1.1\r\nConnection: close\r\nHost: ";
			String post = "POST /ops/runs/x/cancel HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\nHost: localhost\r\n";

			assertThat(own.rawToActuator(get + "localhost\r\n\r\n")).contains(" 200 ", "no-store");
			assertThat(own.rawToActuator(get + "evil.example\r\n\r\n")).contains(" 403 ", "KRAFT-6003");
			assertThat(own.rawToActuator(post + "\r\n")).contains(" 404 ");
			assertThat(own.rawToActuator(post + "Origin: https://evil.example\r\n\r\n")).contains(" 403 ");
		}
	}

	@Test
	void theHealthHasAnyHost() {
		assertThat(get("/actuator/health", "kraft.prod.svc", "")).contains(" 200 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "null", "", "http://localhost", "http://localhost/",
			"http://user@localhost", "http://localhost, https://ops.example.com", "https://ops.example.com/", "%" })
	void anotherOriginIsRefusedForReadsChangesAndSockets(String origin) {
		String id = waiting();
		String header = "Origin: " + origin + "\r\n";

		assertThat(get(API + "/runs", "localhost:1", header)).contains(" 403 ");
		assertThat(get(API + "/runs/" + id + "/events", "localhost:1", header)).contains(" 403 ");
		assertThat(get(API + "/events", "localhost:1", header + UPGRADE)).contains(" 403 ");
		assertThat(post(API + "/runs/" + id + "/cancel", "localhost:1", header)).contains(" 403 ");
		assertThat(post("/actuator/workflowruns/" + id + "/terminate", "localhost:1", header)).contains(" 403 ",
				"KRAFT-6003");
		assertThat(post("/actuator/workflowreplay", "localhost:1", header)).contains(" 403 ");
		assertThat(this.server.get(API + "/runs/" + id).text("/workflow/status")).isEqualTo("SUSPENDED");
	}

	@Test
	void twoOriginsAreRefusedEvenIfBothAreAllowed() {
		String header = "Origin: https://ops.example.com\r\nOrigin: https://ops.example.com\r\n";

		assertThat(post(API + "/runs/" + waiting() + "/cancel", "localhost", header)).contains(" 403 ");
		assertThat(post("/actuator/workflowruns/" + waiting() + "/cancel", "localhost", header)).contains(" 403 ");
	}

	@Test
	void theApplicationsOwnOriginAndAnAllowedOneMayDoEverything() {
		for (String origin : List.of("http://localhost:99", "https://ops.example.com")) {
			String header = "Origin: " + origin + "\r\n";
			assertThat(get(API + "/runs", "localhost:99", header)).contains(" 200 ");
			assertThat(post(API + "/runs/" + waiting() + "/cancel", "localhost:99", header)).contains(" 202 ");
			assertThat(post("/actuator/workflowruns/" + waiting() + "/cancel", "localhost:99", header))
				.contains(" 202 ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "cross-site", "same-site", "anything", "same-origin\r\nSec-Fetch-Site: cross-site" })
	void whatABrowserSaysIsFromAnotherSiteIsRefused(String site) {
		String id = waiting();
		String header = "Sec-Fetch-Site: " + site + "\r\nSec-Fetch-Mode: no-cors\r\n";

		assertThat(get(API + "/runs/" + id + "/events", "localhost", header)).contains(" 403 ");
		assertThat(get("/actuator/workflowruns", "localhost", header)).contains(" 403 ");
		assertThat(get(API + "/events", "localhost", header + UPGRADE)).contains(" 403 ");
		assertThat(post(API + "/runs/" + id + "/cancel", "localhost", header)).contains(" 403 ");
		assertThat(post("/actuator/workflowruns/" + id + "/terminate", "localhost", header)).contains(" 403 ");
	}

	@Test
	void aLinkOfAnotherSiteShowsAPageToItsReaderOnly() {
		String link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: ";

		assertThat(get(API + "/runs", "localhost", link + "document\r\n")).contains(" 200 ");
		assertThat(get(API + "/runs", "localhost", link + "iframe\r\n")).contains(" 403 ");
		assertThat(post(API + "/runs/" + waiting() + "/cancel", "localhost", link + "document\r\n")).contains(" 403 ");
		assertThat(get(API + "/events", "localhost", link + "document\r\n" + UPGRADE)).contains(" 403 ");
	}

	@Test
	void theUsersOwnRequestsAreAccepted() {
		for (String site : List.of("none", "same-origin")) {
			assertThat(get(API + "/runs", "localhost", "Sec-Fetch-Site: " + site + "\r\n")).contains(" 200 ");
		}
	}

	@Test
	void noAnswerIsStoredAndNoTypeIsGuessed() {
		String id = waiting();
		String ended = waiting();
		this.server.post(API + "/runs/" + ended + "/terminate").isStatus(200);

		for (String request : List.of("GET " + API + "/runs", "GET " + API + "/runs/unknown", "GET " + API + "/nothing",
				"GET " + API + "/openapi.json", "GET " + API + "/events", "GET " + API + "/runs/" + ended + "/events",
				"POST " + API + "/runs/" + id + "/signals/x", "POST " + API + "/runs",
				"POST " + API + "/workflows/deliver", "DELETE " + API + "/runs/" + ended, "GET /actuator/workflowruns",
				"GET /actuator/workflowruns/unknown", "POST /actuator/workflowruns/" + id + "/pause",
				"POST /actuator/workflowruns/" + id + "/explode", "PUT /actuator/workflowruns/" + id)) {
			// A connection for each: Reactor Netty's server loses one after a refused
			// POST.
			assertThat(this.server
				.raw(request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n" + "Connection: close\r\n\r\n")
				.toLowerCase(Locale.ROOT)).as(request)
				.contains("x-content-type-options: nosniff", "cache-control: no-store");
		}
		assertThat(get("/actuator/workflowruns", "evil.example", "").toLowerCase(Locale.ROOT))
			.contains("x-content-type-options: nosniff", "cache-control: no-store");
	}

	private String get(String path, String host, String headers) {
		String connection = headers.contains(UPGRADE) ? "" : "Connection: close\r\n";
		return this.server.raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + connection + headers + "\r\n");
	}

	private String post(String path, String host, String headers) {
		return this.server.raw("POST " + path + " HTTP/1.1\r\nHost: " + host
				+ "\r\nConnection: close\r\nContent-Length: 0\r\n" + headers + "\r\n");
	}

	private String waiting() {
		String id = this.server.post(API + "/workflows/deliver", "{\"arguments\":[\"Ada\"]}").isStatus(202).text("/id");
		await().until(() -> this.server.get(API + "/runs/" + id).text("/workflow/status").equals("SUSPENDED"));
		return id;
	}

}
