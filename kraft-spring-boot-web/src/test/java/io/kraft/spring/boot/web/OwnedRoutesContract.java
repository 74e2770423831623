package io.kraft.spring.boot.web;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Routes whose runs have an owner, and a caller that may change but not read.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class OwnedRoutesContract {

	private static final String API = WebApiContract.API;

	private TestServer server;

	abstract Stack stack();

	@BeforeAll
	void start() {
		this.server = TestServer.secured(stack(), Shop.class, "kraft.web.enabled=true");
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	void aRunOfAnotherOwnerDoesNotExist() {
		String id = "parcel-" + UUID.randomUUID();
		post("reader", "/owned", "\"" + id + "\"").isStatus(202);

		get("reader", "/owned/" + id).isStatus(200);
		post("reader", "/owned", "\"" + id + "\"").isStatus(200);
		Reply foreign = get("guest", "/owned/" + id).isProblem(404, "KRAFT-3001");
		Reply unknown = get("guest", "/owned/unknown").isProblem(404, "KRAFT-3001");
		assertThat(foreign.body().replace(id, "ID")).isEqualTo(unknown.body().replace("unknown", "ID"));
		this.server.get("/owned/" + id).isProblem(404, "KRAFT-3001");
		Reply taken = post("guest", "/owned", "\"" + id + "\"").isProblem(409, "KRAFT-3002");
		assertThat(taken.body()).doesNotContain("deliver", "SUSPENDED", "RUNNING", id);
	}

	@Test
	void callersThatAreNotAuthenticatedAreNotOneOwner() {
		String id = "parcel-" + UUID.randomUUID();
		this.server.post("/owned", "\"" + id + "\"").isStatus(202);

		this.server.get("/owned/" + id).isProblem(404, "KRAFT-3001");
	}

	@Test
	void aCallerThatMayNotReadLearnsNothingFromChanges() {
		Reply started = post("writer", API + "/workflows/deliver",
				"{\"id\":\"" + UUID.randomUUID() + "\",\"arguments\":[\"Ada\"],\"tags\":{\"secret\":\"tag\"}}")
			.isStatus(202);
		String id = started.text("/id");
		assertNothingShown(started);
		assertNothingShown(post("writer", API + "/runs/" + id + "/pause", "{}").isStatus(202));
		assertNothingShown(post("writer", API + "/runs/" + id + "/resume", "{}").isStatus(200));
		assertNothingShown(post("writer", API + "/runs/" + id + "/restart", "{}").isStatus(202));
		assertNothingShown(post("writer", API + "/runs/" + id + "/retry", "{}").isStatus(409));
		assertNothingShown(post("writer", API + "/runs/" + id + "/terminate", "{}").isStatus(200));
		assertNothingShown(post("writer", API + "/runs/" + id + "/cancel", "{}").isStatus(409));
		assertNothingShown(post("writer", API + "/runs/" + id + "/signals/x", "{}").isStatus(409));
		assertNothingShown(
				post("writer", API + "/workflows/lose", "{\"id\":\"" + id + "\",\"arguments\":[]}").isStatus(409));
		post("writer", API + "/replay-check", "{}").isProblem(403, "KRAFT-6003");
		assertThat(post("operator", API + "/runs/" + id + "/cancel", "{}").isStatus(409).text("/workflowStatus"))
			.isEqualTo("TERMINATED");
	}

	private static void assertNothingShown(Reply reply) {
		assertThat(reply.body()).doesNotContain("deliver", "secret", "TERMINATED", "RUNNING", "SUSPENDED", "createdAt",
				"PAUSED");
	}

	private Reply get(String user, String path) {
		return this.server.send(as(user, path));
	}

	private Reply post(String user, String path, String json) {
		return this.server
			.send(as(user, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
	}

	private HttpRequest.Builder as(String user, String path) {
		String credentials = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
		return this.server.request(path).header("Authorization", "Basic " + credentials);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(SecuredApplication.class)
	static class Shop {

		@Bean
		WorkflowRoutes owned(Parcels parcels) {
			return WorkflowRoutes.of("/owned", String.class, parcels::deliver, (to) -> to)
				.taggedBy((caller) -> (caller != null) ? Map.of("owner", caller.getName()) : Map.of())
				.ownedBy((caller, run) -> caller != null && caller.getName().equals(run.tags().get("owner")));
		}

	}

}
