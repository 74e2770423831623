package io.kraft.spring.boot.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the web API answers, on whatever stack.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class WebApiContract {

	static final String API = "/kraft/api";

	private TestServer server;

	abstract Stack stack();

	@BeforeAll
	void start() {
		this.server = TestServer.open(stack(), ParcelApplication.class, "kraft.web.enabled=true",
				"kraft.web.unsecured-writes=true", "kraft.web.max-wait=20s");
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	void aStartIsAcceptedWithTheLocationOfTheRunAndARepeatedOneFindsIt() {
		String id = "parcel-" + UUID.randomUUID();

		Reply first = start("deliver", id, "\"Ada\"").isStatus(202);
		Reply second = start("deliver", id, "\"Ada\"").isStatus(200);

		assertThat(first.header("location")).isEqualTo(API + "/runs/" + id);
		assertThat(second.header("location")).isEqualTo(first.header("location"));
		assertThat(second.text("/id")).isEqualTo(id);
		assertThat(this.server.get(first.header("location")).isStatus(200).text("/workflow/name")).isEqualTo("deliver");
	}

	@Test
	void aStartWithoutAnIdMakesOne() {
		String id = this.server.post(API + "/workflows/deliver", "{\"arguments\":[\"Ada\"]}").isStatus(202).text("/id");

		assertThat(this.server.get(API + "/runs/" + id).isStatus(200).text("/workflow/id")).isEqualTo(id);
	}

	@Test
	void anIdThatIsTakenIsRefusedWhereTheStartSaysSo() {
		String id = started("deliver", "\"Ada\"");

		post("/workflows/deliver", "{\"id\":\"%s\",\"arguments\":[\"Ada\"],\"ifExists\":\"FAIL\"}".formatted(id))
			.isProblem(409, "KRAFT-3002");
		start("tour", id, "1").isProblem(409, "KRAFT-3002");
	}

	@Test
	void optionsOfAStartAreTaken() {
		String id = "late-" + UUID.randomUUID();

		post("/workflows/deliver", """
				{"id": "%s", "arguments": ["Ada"], "delay": "PT1H", "timeout": "P2D", "priority": 7,
				 "tags": {"zone": "north:1"}, "ifExists": "REPLACE_IF_ENDED"}""".formatted(id)).isStatus(202);

		JsonNode run = get("/runs/" + id).isStatus(200).json().path("workflow");
		assertThat(run.path("status").asString()).isEqualTo("SCHEDULED");
		assertThat(run.path("priority").asInt()).isEqualTo(7);
		assertThat(get("/runs?tag=zone:north:1").json().at("/runs/0/id").asString()).isEqualTo(id);
	}

	@Test
	void argumentsAreReadAsTheWorkflowDeclaresThem() {
		String id = "weigh-" + UUID.randomUUID();

		start("weigh", id, "{\"to\":\"Ada\",\"weight\":2,\"contents\":[]}, 1.10000000000000000000000000000001")
			.isStatus(202);

		assertThat(get("/runs/" + id + "/result?wait=10s").isStatus(200).body())
			.isEqualTo("2.20000000000000000000000000000002");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[{\"to\":\"Ada\",\"weight\":\"x\",\"contents\":[]},1] | arguments[0] | $.weight | int",
			"[{\"to\":\"Ada\",\"weight\":1,\"contents\":[{}]},1] | arguments[0] | $.contents[0] | String",
			"[{\"to\":\"Ada\",\"weight\":1,\"contents\":[],\"wait\":1},1] | arguments[0] | $.wait | unknown field",
			"[{\"to\":\"Ada\",\"weight\":1,\"contents\":[]},\"much\"] | arguments[1] | $ | BigDecimal",
			"[] | takes 2 argument(s) | has 0 | weigh" })
	void anArgumentThatDoesNotFitIsNamedWithThePathInIt(String example) {
		String[] parts = example.split(" \\| ", -1);

		Reply reply = post("/workflows/weigh", "{\"arguments\":" + parts[0] + "}").isProblem(400, "KRAFT-6001");

		assertThat(reply.text("/detail")).contains(parts[1], parts[2], parts[3]).doesNotContain("Parcel");
	}

	@Test
	void anUnknownWorkflowIsNotFound() {
		start("fly", "x", "1").isProblem(404, "KRAFT-1006");
		start("queue:stamps", "x", "1").isProblem(404, "KRAFT-1006");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "\"x\"", "{", "{\"id\":1}", "{\"argumens\":[]}", "{\"delay\":\"-PT1S\"}",
			"{\"delay\":\"soon\"}", "{\"delay\":\"PT9999999999999S\"}", "{\"timeout\":\"PT0S\"}",
			"{\"tags\":{\"a\":null}}", "{\"tags\":[1]}", "{\"priority\":1.5}", "{\"priority\":99999999999}",
			"{\"ifExists\":\"MAYBE\"}", "{\"ifExists\":7}", "{\"id\":\"a\",\"id\":\"b\"}", "{} {}", "{\"id\":\"a\",}",
			"{\"arguments\":{}}", "{\"arguments\":[1e999999999999]}", "{\"@class\":\"java.net.URL\"}" })
	void aMalformedStartIsRefusedAndStartsNothing(String body) {
		String before = get("/runs?limit=1").body();

		post("/workflows/tour", body).isProblem(400, "KRAFT-6001");

		assertThat(get("/runs?limit=1").body()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\\u0000b", "a\\nb", "a\\u202eb", "a\\u2066b", "a\\ud800b" })
	@ExtendWith(OutputCaptureExtension.class)
	void anIdThatIsNoneIsRefusedWhereverItComesFrom(String id, CapturedOutput output) {
		String before = get("/runs?limit=1").body();

		Reply given = post("/workflows/tour", "{\"id\":\"%s\",\"arguments\":[0]}".formatted(id));
		Reply chosen = post("/workflows/label", "{\"arguments\":[\"%s\"]}".formatted(id));

		for (Reply reply : List.of(given, chosen)) {
			assertThat(reply.isProblem(400, "KRAFT-1008").text("/detail")).startsWith("A run's id has")
				.doesNotContainPattern("[\\p{Cc}\\u202E\\u2066]");
		}
		assertThat(get("/runs?limit=1").body()).isEqualTo(before);
		assertThat(output).doesNotContain("\tat ", "could not answer");
	}

	@Test
	void theResultOfARunThatHasNotEndedIsItsStanding() {
		String id = started("deliver", "\"Ada\"");

		assertThat(get("/runs/" + id + "/result").isStatus(202).text("/id")).isEqualTo(id);
		assertThat(get("/runs/" + id + "/result?wait=50ms").isStatus(202).text("/id")).isEqualTo(id);
	}

	@Test
	void aLongPollEndsWithTheRun() {
		String id = started("deliver", "\"Ada\"");
		var polled = this.server.http()
			.sendAsync(this.server.request(API + "/runs/" + id + "/result?wait=20s").build(), BodyHandlers.ofString());

		post("/runs/" + id + "/signals/signed", "{\"by\":[1.50]}").isStatus(202);

		assertThat(polled.join().statusCode()).isEqualTo(200);
		assertThat(polled.join().body()).contains("\"to\":\"Ada\"").contains("\"signed\":{\"by\":[1.5");
	}

	@Test
	void aRunWithoutResultIsAProblemWithItsStatus() {
		String failed = started("lose", "");
		String cancelled = started("deliver", "\"Ada\"");
		post("/runs/" + cancelled + "/cancel", "").isStatus(202);

		Reply failure = get("/runs/" + failed + "/result?wait=10s").isProblem(409, "KRAFT-2005");
		assertThat(failure.text("/workflowStatus")).isEqualTo("FAILED");
		assertThat(failure.text("/detail")).contains("lost at sea");
		assertThat(get("/runs/" + cancelled + "/result?wait=10s").isProblem(409, "KRAFT-2006").text("/workflowStatus"))
			.isEqualTo("CANCELLED");
	}

	@Test
	void runsAreListedByPages() {
		String zone = UUID.randomUUID().toString();
		for (int i = 0; i < 3; i++) {
			post("/workflows/deliver", "{\"arguments\":[\"Ada\"],\"tags\":{\"zone\":\"" + zone + "\"}}");
		}

		Reply first = get("/runs?name=deliver&status=suspended,RUNNING,pending&tag=zone:" + zone
				+ "&limit=2&startedAfter=2020-01-01T00:00:00Z&startedBefore=2999-01-01T00:00:00Z")
			.isStatus(200);
		Reply second = get("/runs?tag=zone:" + zone + "&cursor=" + first.text("/nextCursor")).isStatus(200);

		assertThat(first.json().path("runs")).hasSize(2);
		assertThat(second.json().path("runs")).hasSize(1);
		assertThat(second.json().path("nextCursor").isNull()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=0", "limit=-1", "limit=1001", "limit=ten", "limit=99999999999", "status=asleep",
			"status=FAILED,", "tag=ada", "tag=:ada", "cursor=hello", "cursor=-1", "cursor=99999999999999999999",
			"startedAfter=yesterday", "startedBefore=2026-01-01" })
	void aMalformedParameterOfAListIsRefused(String parameters) {
		get("/runs?" + parameters).isProblem(400, "KRAFT-6001");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/result?wait=-1s", "/result?wait=21s", "/result?wait=long", "/result?wait=PT9E9S",
			"/journal?from=-1", "/journal?limit=0", "/journal?limit=5000", "/journal?from=1.5" })
	void aMalformedParameterOfARunIsRefused(String path) {
		get("/runs/" + started("deliver", "\"Ada\"") + path).isProblem(400, "KRAFT-6001");
	}

	@Test
	void theJournalIsReadByPages() {
		String id = started("weigh", "{\"to\":\"Ada\",\"weight\":2,\"contents\":[]}, 1");
		get("/runs/" + id + "/result?wait=10s").isStatus(200);

		Reply first = get("/runs/" + id + "/journal?limit=2").isStatus(200);
		Reply second = get("/runs/" + id + "/journal?from=" + first.json().path("nextFrom").asInt()).isStatus(200);

		assertThat(first.text("/entries/0/fact")).isEqualTo("run-started");
		assertThat(first.text("/entries/1/name")).isEqualTo("Parcels.measure");
		assertThat(second.text("/entries/0/fact")).isEqualTo("run-ended");
		assertThat(second.json().path("nextFrom").isNull()).isTrue();
	}

	@Test
	void aRunIsShownWithWhatItWaitsFor() {
		String id = started("deliver", "\"Ada\"");

		await().until(() -> get("/runs/" + id).text("/workflow/status").equals("SUSPENDED"));

		Reply detail = get("/runs/" + id);
		assertThat(detail.text("/workflow/waitingFor")).contains("signal", "signed");
		assertThat(detail.text("/input")).isEqualTo("[\"Ada\"]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/journal", "/result", "/result?wait=1s", "/events" })
	void anUnknownRunIsNotFound(String path) {
		get("/runs/nobody" + path).isProblem(404, "KRAFT-3001");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/cancel", "/terminate", "/pause", "/resume", "/retry", "/restart", "/signals/x" })
	void noActionReachesAnUnknownRun(String action) {
		this.server.post(API + "/runs/nobody" + action).isProblem(404, "KRAFT-3001");
		this.server.delete(API + "/runs/nobody").isProblem(404, "KRAFT-3001");
	}

	@Test
	void anIdMayHoldWhatAPathCannot() {
		String id = "a/b?c=%2F;d\\e ö" + UUID.randomUUID();
		String location = start("deliver", id.replace("\\", "\\\\"), "\"Ada\"").isStatus(202).header("location");

		assertThat(location).startsWith(API + "/runs/-?id=");
		assertThat(this.server.get(location).isStatus(200).text("/workflow/id")).isEqualTo(id);
		post("/runs/-/signals/-?id=" + TestServer.encoded(id) + "&name=signed", "1").isStatus(202);
		get("/runs/-/result?wait=10s&id=" + TestServer.encoded(id)).isStatus(200);
	}

	@Test
	void anIdInThePathIsPercentEncoded() {
		String id = "ä b+c@d:e~" + UUID.randomUUID();
		start("deliver", id, "\"Ada\"").isStatus(202);

		assertThat(get("/runs/" + TestServer.encoded(id)).isStatus(200).text("/workflow/id")).isEqualTo(id);
	}

	@Test
	void theRunWhoseIdIsADashIsFoundToo() {
		String location = start("deliver", "-", "\"Ada\"").header("location");

		assertThat(this.server.get(location).isStatus(200).text("/workflow/id")).isEqualTo("-");
		assertThat(get("/runs/-").isStatus(200).text("/workflow/id")).isEqualTo("-");
	}

	@Test
	void actionsOnARunThatHasEndedAreRefusedWithItsStatus() {
		String id = started("deliver", "\"Ada\"");
		this.server.post(API + "/runs/" + id + "/terminate").isStatus(200);

		for (String action : new String[] { "cancel", "terminate", "pause", "resume", "retry", "signals/signed" }) {
			Reply reply = this.server.post(API + "/runs/" + id + "/" + action).isProblem(409, "KRAFT-3003");
			assertThat(reply.text("/workflowStatus")).as(action).isEqualTo("TERMINATED");
		}
	}

	@Test
	void aRunFailsForAReason() {
		String id = started("deliver", "\"Ada\"");
		post("/runs/" + id + "/fail", "{}").isStatus(400);
		post("/runs/nobody/fail", "{\"reason\": \"she has moved\"}").isProblem(404, "KRAFT-3001");

		post("/runs/" + id + "/fail", "{\"reason\": \"she has moved\"}").isStatus(202);

		await().until(() -> get("/runs/" + id).text("/workflow/status").equals("FAILED"));
		assertThat(get("/runs/" + id + "/result").isProblem(409, "KRAFT-2005").text("/detail"))
			.contains("she has moved");
		assertThat(post("/runs/" + id + "/fail", "{\"reason\": \"again\"}").isProblem(409, "KRAFT-3003")
			.text("/workflowStatus")).isEqualTo("FAILED");
	}

	@Test
	void whatARunMustHaveEndedForIsRefusedWithItsStatus() {
		String id = started("deliver", "\"Ada\"");

		assertThat(this.server.delete(API + "/runs/" + id).isProblem(409, "KRAFT-3008").text("/workflowStatus"))
			.isIn("SUSPENDED", "RUNNING");
		this.server.post(API + "/runs/" + id + "/retry").isProblem(409, "KRAFT-3008");
	}

	@Test
	void aRunIsPausedResumedAndDeleted() {
		String id = started("deliver", "\"Ada\"");
		this.server.post(API + "/runs/" + id + "/pause").isStatus(202);
		await().until(() -> get("/runs/" + id).text("/workflow/status").equals("PAUSED"));
		Reply retried = this.server.post(API + "/runs/" + id + "/retry").isProblem(409, "KRAFT-3008");
		assertThat(retried.text("/workflowStatus")).isEqualTo("PAUSED");
		assertThat(retried.text("/detail")).contains("resume", "failRun");

		this.server.post(API + "/runs/" + id + "/resume").isStatus(200);
		await().until(() -> get("/runs/" + id).text("/workflow/status").equals("SUSPENDED"));
		this.server.post(API + "/runs/" + id + "/terminate").isStatus(200);
		this.server.delete(API + "/runs/" + id).isStatus(204);

		get("/runs/" + id).isProblem(404, "KRAFT-3001");
	}

	@Test
	void aFailedRunIsRetriedAndRestarted() {
		String id = started("lose", "");
		get("/runs/" + id + "/result?wait=10s").isStatus(409);

		post("/runs/" + id + "/retry", "{}").isStatus(200);
		get("/runs/" + id + "/result?wait=10s").isStatus(409);
		Reply restarted = post("/runs/" + id + "/restart", "").isStatus(202);

		assertThat(restarted.text("/id")).isEqualTo(id + "~2");
		assertThat(restarted.header("location")).isEqualTo(API + "/runs/" + id + "~2");
		post("/runs/" + id + "/restart?from=99", "").isProblem(400, "KRAFT-1008");
	}

	@Test
	void aSignalWithARepeatedKeyIsOneSignal() {
		String id = started("tour", "2");

		for (int i = 0; i < 3; i++) {
			this.server
				.send(this.server.request(API + "/runs/" + id + "/signals/go")
					.header("Idempotency-Key", "k")
					.POST(BodyPublishers.noBody()))
				.isStatus(202);
		}

		await().until(() -> get("/runs/" + id + "/journal").text("/entries/0/fact").equals("run-started"));
		assertThat(get("/runs/" + id + "/result?wait=100ms").status()).isEqualTo(202);
		post("/runs/" + id + "/signals/go", "null").isStatus(202);
		assertThat(get("/runs/" + id + "/result?wait=10s").isStatus(200).body()).isEqualTo("\"home\"");
	}

	@Test
	void aPayloadOfAnotherTypeIsRefusedAndNothingIsSent() {
		String id = started("scale", "");
		awaitStatus(id, "SUSPENDED");

		Reply refused = post("/runs/" + id + "/signals/grams", "\"much\"").isProblem(400, "KRAFT-3013");

		assertThat(refused.text("/detail")).contains("grams", "java.lang.Integer", "\"much\"");
		post("/runs/" + id + "/signals/grams", "null").isProblem(400, "KRAFT-3013");
		assertThat(messages(id)).isEmpty();
		post("/runs/" + id + "/signals/grams", "7").isStatus(202);
		assertThat(get("/runs/" + id + "/result?wait=10s").isStatus(200).body()).isEqualTo("7");
	}

	@Test
	void aMessageThatPausesItsRunIsShownAndReplaced() {
		String id = started("scale", "");
		long number = pausedBy(id, "\"much\"");
		String path = "/runs/" + id + "/messages/" + number;

		JsonNode message = messages(id).get(0);
		assertThat(message.path("number").isString()).isTrue();
		assertThat(message.path("kind").asString()).isEqualTo("signal");
		assertThat(message.path("name").asString()).isEqualTo("grams");
		assertThat(message.path("payload").asString()).isEqualTo("\"much\"");
		assertThat(message.path("sizeBytes").asInt()).isEqualTo(6);
		put(path, "7").isStatus(204);
		post("/runs/" + id + "/resume", "").isStatus(200);

		assertThat(get("/runs/" + id + "/result?wait=10s").isStatus(200).body()).isEqualTo("7");
		put(path, "8").isProblem(409, "KRAFT-3003");
		this.server.delete(API + path).isProblem(409, "KRAFT-3003");
		assertThat(messages(id)).isEmpty();
	}

	@Test
	void aMessageThatPausesItsRunIsDiscarded() {
		String id = started("scale", "");
		long number = pausedBy(id, "null");

		this.server.delete(API + "/runs/-/messages/-?id=" + id + "&number=" + number).isStatus(204);
		post("/runs/" + id + "/resume", "").isStatus(200);
		awaitStatus(id, "SUSPENDED");

		assertThat(messages(id)).isEmpty();
		this.server.delete(API + "/runs/" + id + "/messages/" + number).isProblem(404, "KRAFT-3014");
		put("/runs/" + id + "/messages/" + number, "7").isProblem(404, "KRAFT-3014");
	}

	@Test
	void messagesAreListedByPages() {
		String id = started("scale", "");
		for (int i = 0; i < 3; i++) {
			post("/runs/" + id + "/signals/other", String.valueOf(i)).isStatus(202);
		}

		Reply first = get("/runs/" + id + "/messages?limit=2").isStatus(200);
		Reply second = get("/runs/" + id + "/messages?limit=2&after=" + first.text("/nextAfter")).isStatus(200);

		assertThat(first.json().path("messages").findValuesAsString("payload")).containsExactly("0", "1");
		assertThat(second.json().path("messages").findValuesAsString("payload")).containsExactly("2");
		assertThat(second.json().path("nextAfter").isNull()).isTrue();
	}

	@Test
	void aMalformedOrUnknownMessageIsRefused() {
		String id = started("scale", "");

		this.server.delete(API + "/runs/" + id + "/messages/first").isProblem(400, "KRAFT-6001");
		this.server.delete(API + "/runs/" + id + "/messages/99999999999999999999").isProblem(400, "KRAFT-6001");
		put("/runs/" + id + "/messages/1", "{").isProblem(400, "KRAFT-6001");
		put("/runs/" + id + "/messages/1", "1").isProblem(404, "KRAFT-3014");
		get("/runs/" + id + "/messages?after=x").isProblem(400, "KRAFT-6001");
		get("/runs/" + id + "/messages?limit=0").isProblem(400, "KRAFT-6001");
		get("/runs/nobody/messages").isProblem(404, "KRAFT-3001");
		put("/runs/nobody/messages/1", "1").isProblem(404, "KRAFT-3001");
	}

	/** What a run out of memory waits for is not known. */
	private long pausedBy(String id, String payload) {
		post("/runs/" + id + "/pause", "").isStatus(202);
		awaitStatus(id, "PAUSED");
		post("/runs/" + id + "/signals/grams", payload).isStatus(202);
		post("/runs/" + id + "/resume", "").isStatus(200);
		await().until(() -> get("/runs/" + id).text("/workflow/reason"),
				(reason) -> reason != null && reason.startsWith("KRAFT-1004"));
		return messages(id).get(0).path("number").asLong();
	}

	private void awaitStatus(String id, String status) {
		await().until(() -> get("/runs/" + id).text("/workflow/status").equals(status));
	}

	private JsonNode messages(String id) {
		return get("/runs/" + id + "/messages").isStatus(200).json().path("messages");
	}

	private Reply put(String path, String json) {
		return this.server.send(this.server.request(API + path)
			.header("Content-Type", "application/json")
			.PUT(BodyPublishers.ofString(json)));
	}

	@Test
	void aCallbackIsCompletedByItsToken() {
		String id = started("customs", "");
		String token = token(id);

		post("/callbacks/" + token, "{\"duty\":1.5}").isStatus(204);
		post("/callbacks/" + token, "{\"duty\":2}").isStatus(204);

		assertThat(get("/runs/" + id + "/result?wait=10s").isStatus(200).body()).isEqualTo("{\"duty\":1.5}");
	}

	@Test
	void aCallbackIsFailedByItsToken() {
		String id = started("customs", "");

		post("/callbacks/" + token(id) + "/failure", "{}").isProblem(400, "KRAFT-6001");
		post("/callbacks/" + token(id) + "/failure", "{\"message\":\"seized\"}").isStatus(204);

		assertThat(get("/runs/" + id + "/result?wait=10s").isProblem(409, "KRAFT-2005").text("/detail"))
			.contains("seized");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "a~b~c", "~~", "!!!~1~2", "-" })
	void aTokenThatIsNoneIsNotFound(String token) {
		post("/callbacks/" + token, "1").isProblem(404, "KRAFT-3001");
	}

	@Test
	void schedulesAreShownPausedResumedAndTriggered() {
		assertThat(get("/schedules").isStatus(200).text("/schedules/0/name")).isEqualTo("collect");

		this.server.post(API + "/schedules/collect/pause").isStatus(204);
		assertThat(get("/schedules").json().at("/schedules/0/paused").asBoolean()).isTrue();
		this.server.post(API + "/schedules/collect/resume").isStatus(204);
		Reply run = this.server.post(API + "/schedules/collect/trigger").isStatus(202);

		assertThat(this.server.get(run.header("location")).isStatus(200).text("/workflow/name")).isEqualTo("collect");
		this.server.post(API + "/schedules/nobody/trigger").isProblem(404, "KRAFT-3009");
	}

	@Test
	void queuesAreShownPausedAndResumedAndTheirDeadItemsAreRuns() {
		WorkflowClient client = this.server.bean(WorkflowClient.class);
		String dead = client.enqueue("stamps", () -> this.server.bean(Parcels.class).stamp("x")).id();
		await().until(() -> client.handle(dead).status() == WorkflowStatus.DEAD);

		assertThat(get("/queues").isStatus(200).text("/queues/0/name")).isEqualTo("stamps");
		assertThat(get("/queues/stamps/dead?limit=1").isStatus(200).text("/runs/0/id")).isEqualTo(dead);
		this.server.post(API + "/queues/stamps/pause").isStatus(204);
		assertThat(get("/queues").json().at("/queues/0/paused").asBoolean()).isTrue();
		this.server.post(API + "/queues/stamps/resume").isStatus(204);
		this.server.post(API + "/queues/nobody/pause").isProblem(404, "KRAFT-6004");
		this.server.delete(API + "/runs/" + TestServer.encoded(dead)).isStatus(204);
	}

	@Test
	void aBackupIsRefusedWhileThereIsNoDirectoryForIt() {
		this.server.post(API + "/storage/backups/nightly").isProblem(409, "KRAFT-4009");
	}

	@Test
	void theWorkflowsOfTheApplicationAreListed() {
		Reply workflows = get("/workflows").isStatus(200);

		assertThat(workflows.json().path("workflows").valueStream().map((one) -> one.path("name").asString()))
			.containsExactly("collect", "customs", "deliver", "label", "lose", "scale", "tour", "weigh");
		assertThat(workflows.text("/workflows/7/parameters/1")).isEqualTo("java.math.BigDecimal");
	}

	@Test
	void everyAnswerSaysThatItIsNotToBeKept() {
		assertThat(get("/runs").header("cache-control")).isEqualTo("no-store");
		assertThat(get("/runs/nobody").header("x-content-type-options")).isEqualTo("nosniff");
	}

	private Reply get(String path) {
		return this.server.get(API + path);
	}

	private Reply post(String path, String json) {
		return this.server.post(API + path, json);
	}

	private Reply start(String workflow, String id, String arguments) {
		return post("/workflows/" + workflow, "{\"id\":\"%s\",\"arguments\":[%s]}".formatted(id, arguments));
	}

	private String started(String workflow, String arguments) {
		return start(workflow, workflow + "-" + UUID.randomUUID(), arguments).isStatus(202).text("/id");
	}

	private String token(String id) {
		await().until(() -> get("/runs/" + id + "/journal").body().contains("callback-opened"));
		String token = Objects.requireNonNull(Parcels.TOKENS.get(id));
		for (String view : List.of("", "/journal", "/operations", "/export", "/messages")) {
			assertThat(get("/runs/" + id + view).body()).doesNotContain(token.substring(token.lastIndexOf('~') + 1));
		}
		return token;
	}

}
