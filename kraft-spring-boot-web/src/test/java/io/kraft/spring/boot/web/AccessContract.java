package io.kraft.spring.boot.web;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Who may read and who may change, with Spring Security and without.
 */
abstract class AccessContract {

	private static final String API = WebApiContract.API;

	abstract Stack stack();

	@Test
	void withoutSpringSecurityEveryoneReadsAndNobodyChanges() {
		try (TestServer server = TestServer.open(stack(), ParcelApplication.class, "kraft.web.enabled=true")) {
			server.get(API + "/runs").isStatus(200);
			assertThat(server.post(API + "/workflows/deliver", "{\"arguments\":[\"Ada\"]}")
				.isProblem(403, "KRAFT-6003")
				.text("/detail")).contains("kraft.web.unsecured-writes=true");
			server.delete(API + "/runs/x").isProblem(403, "KRAFT-6003");
			server.post(API + "/callbacks/x", "1").isProblem(403, "KRAFT-6003");
			assertThat(server.get(API + "/runs").json().path("runs")).isEmpty();
		}
	}

	@Test
	void withoutSpringSecurityCallersFromElsewhereDoNotReadUnlessEveryoneMay() throws Exception {
		String address = NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((own) -> own instanceof Inet4Address && !own.isLoopbackAddress())
			.map(InetAddress::getHostAddress)
			.findFirst()
			.orElse(null);
		assumeThat(address).as("an address of this machine besides loopback").isNotNull();
		try (TestServer server = TestServer.open(stack(), ParcelApplication.class, "kraft.web.enabled=true")) {
			for (String path : List.of("/runs", "/runs/x/events", "/runs/x/result", "/openapi.json", "/events")) {
				assertThat(server.send(elsewhere(server, address, path)).isProblem(403, "KRAFT-6003").text("/detail"))
					.contains("kraft.web.unsecured-reads=true");
			}
			server.send(server.request(API + "/runs").header("X-Forwarded-For", "127.0.0.1"))
				.isProblem(403, "KRAFT-6003");
			server.get(API + "/runs").isStatus(200);
		}
		try (TestServer server = TestServer.open(stack(), ParcelApplication.class, "kraft.web.enabled=true",
				"server.forward-headers-strategy=framework")) {
			server.send(elsewhere(server, address, "/runs").header("X-Forwarded-For", "127.0.0.1"))
				.isProblem(403, "KRAFT-6003");
			server.get(API + "/runs").isProblem(403, "KRAFT-6003");
		}
		try (TestServer server = TestServer.open(stack(), ParcelApplication.class, "kraft.web.enabled=true",
				"kraft.web.unsecured-reads=true")) {
			server.send(elsewhere(server, address, "/runs")).isStatus(200);
		}
	}

	private static HttpRequest.Builder elsewhere(TestServer server, String address, String path) {
		return HttpRequest.newBuilder(URI.create("http://" + address + ":" + server.port() + API + path))
			.timeout(Duration.ofSeconds(30));
	}

	@Test
	void withSpringSecurityReadingAndChangingNeedTheirAuthorities() {
		try (TestServer server = TestServer.secured(stack(), SecuredApplication.class, "kraft.web.enabled=true",
				"kraft.web.unsecured-writes=true")) {
			assertThat(server.get(API + "/runs").isProblem(401, "KRAFT-6002").header("www-authenticate")).isNotBlank();
			server.post(API + "/workflows/deliver", "{}").isProblem(401, "KRAFT-6002");
			get(server, "guest").isProblem(403, "KRAFT-6003");
			get(server, "writer").isProblem(403, "KRAFT-6003");
			get(server, "reader").isStatus(200);
			post(server, "reader").isProblem(403, "KRAFT-6003");
			post(server, "writer").isStatus(202);
			post(server, "operator").isStatus(202);
			server.get(API + "/events").isProblem(401, "KRAFT-6002");
			server.get(API + "/runs/x/events").isProblem(401, "KRAFT-6002");
			server.get(API + "/openapi.json").isProblem(401, "KRAFT-6002");
		}
	}

	@Test
	void theAuthoritiesAndThePathCanBeChosen() {
		try (TestServer server = TestServer.secured(stack(), SecuredApplication.class, "kraft.web.enabled=true",
				"kraft.web.read-authority=SOMETHING", "kraft.web.base-path=/ops/durable")) {
			Reply description = server.send(as(server, "/ops/durable/api/openapi.json", "guest")).isStatus(200);

			assertThat(description.text("/servers/0/url")).isEqualTo("/ops/durable/api");
			server.send(as(server, "/ops/durable/api/runs", "reader")).isProblem(403, "KRAFT-6003");
			get(server, "guest").isStatus(404);
		}
	}

	@Test
	void nothingIsServedUnlessItIsAskedFor() {
		try (TestServer server = TestServer.open(stack(), ParcelApplication.class)) {
			server.get(API + "/runs").isStatus(404);
			server.get(API + "/openapi.json").isStatus(404);
		}
	}

	@Test
	void withoutSpringSecurityValuesAreHiddenAsInTheActuator() {
		try (TestServer server = TestServer.open(stack(), ParcelApplication.class, "kraft.web.enabled=true",
				"kraft.web.unsecured-writes=true", "kraft.web.show-values=when-authorized")) {
			String id = startSecret(server);
			String waiting = server.post(API + "/workflows/scale", "{\"arguments\":[]}").text("/id");
			server.post(API + "/runs/" + waiting + "/signals/other", "\"Ada\"").isStatus(202);

			assertThat(server.get(API + "/runs/" + waiting + "/messages").isStatus(200).body()).contains("******")
				.doesNotContain("Ada");
			assertThat(server.get(API + "/runs/" + id).isStatus(200).body()).contains("******").doesNotContain("Ada");
			assertThat(server.get(API + "/runs/" + id + "/journal").isStatus(200).body()).contains("******")
				.doesNotContain("Ada");
			assertThat(server.get(API + "/runs/" + id + "/events").isStatus(200).body()).contains("******")
				.doesNotContain("Ada");
			assertThat(server.get(API + "/runs/" + id + "/result").isProblem(403, "KRAFT-6003").text("/detail"))
				.contains("kraft.web.show-values");
		}
	}

	@Test
	void whoMayReadSeesValuesUnlessNobodyIsTo() {
		try (TestServer server = TestServer.secured(stack(), SecuredApplication.class, "kraft.web.enabled=true")) {
			String id = post(server, "writer").text("/id");
			assertThat(server.send(as(server, API + "/runs/" + id, "reader")).isStatus(200).body()).contains("Ada");
		}
		try (TestServer server = TestServer.secured(stack(), SecuredApplication.class, "kraft.web.enabled=true",
				"kraft.web.show-values=never")) {
			String id = post(server, "writer").text("/id");
			assertThat(server.send(as(server, API + "/runs/" + id, "reader")).isStatus(200).body())
				.doesNotContain("Ada");
		}
	}

	/** Ends at once, so that its stream of events does too. */
	private static String startSecret(TestServer server) {
		String id = server
			.post(API + "/workflows/weigh",
					"{\"arguments\":[{\"to\":\"Ada\",\"weight\":2,\"contents\":[\"Ada's lamp\"]},1]}")
			.text("/id");
		org.awaitility.Awaitility.await()
			.until(() -> server.get(API + "/runs/" + id).text("/workflow/status").equals("COMPLETED"));
		return id;
	}

	private static Reply get(TestServer server, String name) {
		return server.send(as(server, API + "/runs", name));
	}

	private static Reply post(TestServer server, String name) {
		return server.send(as(server, API + "/workflows/deliver", name).header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"arguments\":[\"Ada\"]}")));
	}

	private static HttpRequest.Builder as(TestServer server, String path, String name) {
		String credentials = Base64.getEncoder().encodeToString((name + ":secret").getBytes(StandardCharsets.UTF_8));
		return server.request(path).header("Authorization", "Basic " + credentials);
	}

}
