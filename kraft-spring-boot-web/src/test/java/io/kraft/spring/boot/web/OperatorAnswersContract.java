package io.kraft.spring.boot.web;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import io.kraft.client.RunOperation;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The two surfaces for operators, the web API and the actuator, answer the same requests
 * alike: whether they do it, and if not, with the same problem. What they call something,
 * and the parameters that a malformed request has, is their own.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class OperatorAnswersContract {

	private static final String RUNS = "/workflowruns/";

	private static final String[] COMPARED = { "type", "title", "status", "code", "repetition", "workflowStatus" };

	private TestServer server;

	private TestServer hidden;

	abstract Stack stack();

	@BeforeAll
	void start() {
		String[] properties = { "kraft.web.enabled=true", "kraft.web.unsecured-writes=true",
				"kraft.engine.max-payload-size=10KB", "management.endpoints.web.exposure.include=*",
				"management.endpoints.access.default=unrestricted" };
		this.hidden = TestServer.open(stack(), ParcelApplication.class,
				Stream.concat(Stream.of(properties), Stream.of("kraft.web.show-values=when-authorized"))
					.toArray(String[]::new));
		this.server = TestServer.open(stack(), ParcelApplication.class,
				Stream.concat(Stream.of(properties), Stream.of("management.endpoint.workflowruns.show-values=always"))
					.toArray(String[]::new));
	}

	@AfterAll
	void stop() {
		this.server.close();
		this.hidden.close();
	}

	@ParameterizedTest
	@EnumSource
	void anOperationOnARunInAStatus(RunOperation operation) {
		for (WorkflowStatus status : List.of(WorkflowStatus.SUSPENDED, WorkflowStatus.PAUSED, WorkflowStatus.FAILED,
				WorkflowStatus.COMPLETED, WorkflowStatus.TERMINATED)) {
			String overWeb = in(status);
			String overActuator = in(status);

			Reply web = web(operation, overWeb, message(overWeb));
			Reply actuator = actuator(operation, overActuator, message(overActuator));

			String what = operation + " of a run that is " + status;
			assertThat(isDone(web)).as("%s: %s", what, web.body()).isEqualTo(operation.isAllowedIn(status));
			if (isDone(web)) {
				assertThat(isDone(actuator)).as("%s: %s", what, actuator.body()).isTrue();
			}
			else {
				assertSameProblem(what, web, overWeb, actuator, overActuator);
				assertThat(actuator.text("/code")).isEqualTo(operation.refusal(status).code());
				assertThat(actuator.text("/workflowStatus")).isEqualTo(status.name());
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void anOperationOnAnUnknownRun(RunOperation operation) {
		Reply web = web(operation, "nobody", "1");
		Reply actuator = actuator(operation, "nobody", "1");

		assertSameProblem(operation.name(), web, "nobody", actuator, "nobody");
		assertThat(actuator.text("/code")).isEqualTo("KRAFT-3001");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			KRAFT-3001 | /runs/nobody              | /workflowruns/nobody
			KRAFT-3001 | /runs/nobody/journal      | /workflowruns/nobody/journal
			KRAFT-3001 | /runs/nobody/messages     | /workflowruns/nobody/messages
			KRAFT-3001 | /runs/nobody/failure      | /workflowruns/nobody/failure
			KRAFT-6004 | /runs/{id}/memoirs        | /workflowruns/{id}/memoirs
			KRAFT-6004 | /runs/{id}/failure        | /workflowruns/{id}/failure
			KRAFT-6001 | /runs/{id}/journal?from=x | /workflowruns/{id}/journal?from=x
			KRAFT-6001 | /runs/{id}/journal?limit=0 | /workflowruns/{id}/journal?limit=0
			KRAFT-6001 | /runs?status=asleep       | /workflowruns?status=asleep
			KRAFT-6001 | /runs?limit=1001          | /workflowruns?limit=1001
			KRAFT-6001 | /runs?tag=ada             | /workflowruns?tag=ada
			KRAFT-6001 | /runs?cursor=hello        | /workflowruns?cursor=hello
			KRAFT-6001 | /queues/stamps/dead?limit=0 | /workflowqueues/stamps/dead?limit=0""")
	void aReadThatIsRefused(String code, String web, String actuator) {
		String id = in(WorkflowStatus.SUSPENDED);

		assertSameProblem(code, this.server.get(WebApiContract.API + web.replace("{id}", id)), id,
				this.server.get("/actuator" + actuator.replace("{id}", id)), id);
		assertThat(this.server.get("/actuator" + actuator.replace("{id}", id)).text("/code")).isEqualTo(code);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			413 | KRAFT-1005 | signals/grams   | `"{large}"`  | signal  | {"name": "grams", "payload": "{large}"}
			400 | KRAFT-3013 | signals/grams   | `"much"`     | signal  | {"name": "grams", "payload": "much"}
			400 | KRAFT-6001 | fail            | {}           | fail    | {}
			400 | KRAFT-1008 | restart?from=77 | ``           | restart | {"from": "77"}""")
	void aChangeThatIsRefused(int status, String code, String path, String body, String action, String parameters) {
		String overWeb = in(WorkflowStatus.SUSPENDED);
		String overActuator = in(WorkflowStatus.SUSPENDED);
		String large = "x".repeat(20_000);

		Reply web = post(WebApiContract.API + "/runs/" + overWeb + "/" + path, body.replace("{large}", large));
		Reply actuator = post("/actuator" + RUNS + overActuator + "/" + action, parameters.replace("{large}", large));

		assertSameProblem(action, web, overWeb, actuator, overActuator);
		assertThat(actuator.status()).isEqualTo(status);
		assertThat(actuator.text("/code")).isEqualTo(code);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			KRAFT-3009 | /schedules/nobody/pause     | /workflowschedules/nobody/pause
			KRAFT-3009 | /schedules/nobody/trigger   | /workflowschedules/nobody/trigger
			KRAFT-6004 | /schedules/collect/explode  | /workflowschedules/collect/explode
			KRAFT-6004 | /queues/nobody/pause        | /workflowqueues/nobody/pause
			KRAFT-6004 | /queues/stamps/explode      | /workflowqueues/stamps/explode
			KRAFT-4009 | /storage/backups/nightly    | /workflowbackups/nightly
			KRAFT-6001 | /replay-check?max=0         | /workflowreplay?max=0
			KRAFT-6001 | /replay-check?status=failed | /workflowreplay?status=failed""")
	void aChangeOfSomethingElseThatIsRefused(String code, String web, String actuator) {
		String[] endpoint = actuator.split("\\?", -1);
		String parameters = (endpoint.length > 1) ? "{\"" + endpoint[1].replace("=", "\":\"") + "\"}" : null;
		Reply overActuator = (parameters != null) ? post("/actuator" + endpoint[0], parameters)
				: this.server.post("/actuator" + endpoint[0]);

		assertSameProblem(code, this.server.post(WebApiContract.API + web), "", overActuator, "");
		assertThat(overActuator.text("/code")).isEqualTo(code);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void payloadsAreShownOrHidden(boolean shown) {
		TestServer server = shown ? this.server : this.hidden;
		WorkflowClient client = server.bean(WorkflowClient.class);
		String run = client.start("deliver", StartOptions.defaults(), "Ada").id();
		client.signal(run, "other", "secret");
		String failed = client.start("lose", StartOptions.defaults()).id();
		await().until(() -> client.handle(failed).status() == WorkflowStatus.FAILED);

		for (String pointer : List.of("/input", "/output")) {
			assertThat(json(server, "/actuator" + RUNS + run).at(pointer)).as(pointer)
				.isEqualTo(json(server, WebApiContract.API + "/runs/" + run).at(pointer));
		}
		for (Map.Entry<String, String> place : Map
			.of("/" + run + "/messages", "/messages/0/payload", "/" + failed + "/failure", "/stackTrace")
			.entrySet()) {
			JsonNode seen = json(server, "/actuator/workflowruns" + place.getKey()).at(place.getValue());
			assertThat(seen).as(place.getKey())
				.isEqualTo(json(server, WebApiContract.API + "/runs" + place.getKey()).at(place.getValue()));
			assertThat(seen.asString().equals("******")).as(place.getKey()).isEqualTo(!shown);
		}
		assertThat(json(server, "/actuator" + RUNS + run + "/journal").at("/entries/0/arguments").asString())
			.isEqualTo(json(server, WebApiContract.API + "/runs/" + run + "/journal").at("/entries/0/arguments")
				.asString())
			.isEqualTo(shown ? "[\"Ada\"]" : "******");
	}

	@Test
	void whatIsNothingButPayloadsIsForbiddenWhereTheyAreHidden() {
		String run = this.hidden.bean(WorkflowClient.class).start("deliver", StartOptions.defaults(), "Ada").id();

		Reply web = this.hidden.get(WebApiContract.API + "/runs/" + run + "/result");
		Reply actuator = this.hidden.get("/actuator" + RUNS + run + "/export");

		assertSameProblem("hidden", web, run, actuator, run);
		assertThat(actuator.text("/code")).isEqualTo("KRAFT-6003");
	}

	private static JsonNode json(TestServer server, String path) {
		return server.get(path).isStatus(200).json();
	}

	private static boolean isDone(Reply reply) {
		return reply.status() / 100 == 2;
	}

	private static void assertSameProblem(String what, Reply web, String webId, Reply actuator, String actuatorId) {
		web.isProblem(web.status(), web.text("/code"));
		assertThat(actuator.status()).as("%s: %s", what, actuator.body()).isEqualTo(web.status());
		assertThat(actuator.header("content-type")).as(what).startsWith("application/problem+json");
		for (String member : COMPARED) {
			assertThat(actuator.json().path(member)).as("%s: %s", what, member).isEqualTo(web.json().path(member));
		}
		assertThat(actuator.text("/repetition")).as(what).isIn("USELESS", "HELPS", "AFTER_CHANGE");
		assertThat(actuator.text("/detail")).as(what).isNotBlank();
		if (!actuator.text("/code").startsWith("KRAFT-6")) {
			assertThat(actuator.text("/detail").replace(actuatorId, webId)).as(what).isEqualTo(web.text("/detail"));
		}
	}

	private Reply web(RunOperation operation, String id, String message) {
		String run = WebApiContract.API + "/runs/" + id;
		return switch (operation) {
			case SIGNAL -> post(run + "/signals/other", "1");
			case FAIL -> post(run + "/fail", "{\"reason\": \"no longer wanted\"}");
			case DISCARD_MESSAGE -> this.server.delete(run + "/messages/" + message);
			case REPLACE_MESSAGE -> this.server.send(this.server.request(run + "/messages/" + message)
				.header("Content-Type", "application/json")
				.PUT(BodyPublishers.ofString("2")));
			case DELETE -> this.server.delete(run);
			case CANCEL, TERMINATE, PAUSE, RESUME, RETRY, RESTART ->
				this.server.post(run + "/" + operation.name().toLowerCase(Locale.ROOT));
		};
	}

	private Reply actuator(RunOperation operation, String id, String message) {
		String run = "/actuator" + RUNS + id;
		return switch (operation) {
			case SIGNAL -> post(run + "/signal", "{\"name\": \"other\", \"payload\": \"1\"}");
			case FAIL -> post(run + "/fail", "{\"reason\": \"no longer wanted\"}");
			case DISCARD_MESSAGE -> post(run + "/discard", "{\"number\": \"" + message + "\"}");
			case REPLACE_MESSAGE -> post(run + "/replace", "{\"number\": \"" + message + "\", \"payload\": \"2\"}");
			case DELETE -> this.server.delete(run);
			case CANCEL, TERMINATE, PAUSE, RESUME, RETRY, RESTART ->
				this.server.post(run + "/" + operation.name().toLowerCase(Locale.ROOT));
		};
	}

	private Reply post(String path, @Nullable String json) {
		HttpRequest.Builder request = this.server.request(path).header("Content-Type", "application/json");
		return this.server.send(request.POST(BodyPublishers.ofString((json != null) ? json : "")));
	}

	private String message(String id) {
		return client().messages(id)
			.stream()
			.findFirst()
			.map((message) -> String.valueOf(message.number()))
			.orElse("1");
	}

	private WorkflowClient client() {
		return this.server.bean(WorkflowClient.class);
	}

	/**
	 * A run in that status; one that has not ended has a message that it has not taken.
	 */
	private String in(WorkflowStatus status) {
		String id = client().start(switch (status) {
			case FAILED -> "lose";
			default -> "scale";
		}, StartOptions.defaults().id("run-" + UUID.randomUUID())).id();
		if (status == WorkflowStatus.FAILED) {
			awaitStatus(id, status);
			return id;
		}
		awaitStatus(id, WorkflowStatus.SUSPENDED);
		switch (status) {
			case PAUSED -> client().pause(id);
			case COMPLETED -> client().signal(id, "grams", 7);
			case TERMINATED -> client().terminate(id);
			default -> {
			}
		}
		awaitStatus(id, status);
		if (!status.isTerminal()) {
			client().signal(id, "other", 0);
		}
		return id;
	}

	private void awaitStatus(String id, WorkflowStatus status) {
		await().until(() -> client().handle(id).status() == status);
	}

}
