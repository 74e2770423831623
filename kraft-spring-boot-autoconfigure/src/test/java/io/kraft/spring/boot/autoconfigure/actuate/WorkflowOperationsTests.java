package io.kraft.spring.boot.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowEndedException;
import io.kraft.spring.boot.autoconfigure.actuate.ActuatorApplication.Bank;
import io.kraft.spring.boot.autoconfigure.actuate.ActuatorHttp.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What an operator does to runs of a running application, over HTTP.
 */
@SpringBootTest(classes = ActuatorApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "kraft.storage.type=memory", "kraft.engine.max-payload-size=100KB",
				"management.endpoint.workflowruns.show-values=always",
				"management.endpoints.web.exposure.include=workflowruns",
				"management.endpoint.workflowruns.access=unrestricted", ActuatorApplication.WITHOUT_SECURITY })
class WorkflowOperationsTests {

	@Autowired
	private WorkflowClient client;

	@Autowired
	private Bank bank;

	private final ActuatorHttp http;

	WorkflowOperationsTests(@Value("${local.server.port}") int port) {
		this.http = ActuatorHttp.of(port);
	}

	@AfterEach
	void openTheBank() {
		this.bank.open();
	}

	@Test
	void aFailedRunIsFoundUnderstoodMendedAndSeenToFinish() {
		this.bank.close();
		start("pay", "retry-1");
		this.http.awaitStatus("retry-1", "FAILED");

		JsonNode found = this.http.get("/workflowruns?status=failed&name=pay").json().path("workflows");
		assertThat(found.findValuesAsString("id")).contains("retry-1");
		Answer why = this.http.get("/workflowruns/retry-1");
		assertThat(why.text("lastError")).isEqualTo("java.lang.IllegalStateException: the bank is closed");
		assertThat(why.text("input")).isEqualTo("[\"retry-1\"]");
		assertThat(why.json().path("output").isNull()).isTrue();
		this.bank.open();
		Answer retried = this.http.post("/workflowruns/retry-1/retry");

		assertThat(retried.code()).isEqualTo(202);
		assertThat(retried.text("id")).isEqualTo("retry-1");
		assertThat(this.http.awaitStatus("retry-1", "COMPLETED").text("output")).isEqualTo("\"payment of retry-1\"");
	}

	@Test
	void aRunThatWaitsTellsSinceWhenAndForWhat() {
		start("approve", "wait-1");

		Answer waiting = this.http.awaitStatus("wait-1", "SUSPENDED");

		assertThat(waiting.text("waitingFor")).contains("signal", "approved");
		assertThat(waiting.text("since")).isNotEmpty();
		assertThat(waiting.json().path("entries").asInt()).isEqualTo(2);
		assertThat(waiting.json().path("lastError").isNull()).isTrue();
		assertThat(waiting.json().has("journalError")).isFalse();
	}

	@Test
	void aRunBetweenTwoAttemptsTellsWhichTheNextIsWhenAndWhyTheLastFailed() {
		this.bank.close();
		start("insist", "insist-1");

		Answer waiting = this.http.awaitStatus("insist-1", "SUSPENDED");

		assertThat(waiting.text("currentStep")).isEqualTo("transfer");
		assertThat(waiting.text("waitingFor")).startsWith("retry, due ");
		assertThat(waiting.text("lastError")).isEqualTo("java.lang.IllegalStateException: the bank is closed");
		JsonNode open = waiting.json().path("open");
		assertThat(open).hasSize(1);
		assertThat(open.get(0).path("position").asString()).isEqualTo("1");
		assertThat(open.get(0).path("kind").asString()).isEqualTo("step");
		assertThat(open.get(0).path("name").asString()).isEqualTo("transfer");
		assertThat(open.get(0).path("attempt").asInt()).isEqualTo(2);
		assertThat(open.get(0).path("lastError").asString()).contains("the bank is closed");
		assertThat(Duration.between(Instant.parse(open.get(0).path("since").asString()),
				Instant.parse(open.get(0).path("dueAt").asString())))
			.isCloseTo(Duration.ofHours(1), Duration.ofMinutes(1));
	}

	@Test
	void aSignalCarriesAnObjectAsAText() {
		start("approve", "signal-1");

		Answer sent = this.http.post("/workflowruns/signal-1/signal",
				Map.of("name", "approved", "payload", "{\"by\": \"ada\", \"limit\": 7}"));

		assertThat(sent.code()).isEqualTo(202);
		assertThat(this.http.awaitStatus("signal-1", "COMPLETED").text("output"))
			.isEqualTo("\"payment of signal-1, approved by ada up to 7\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"name": "answer", "payload": "yes"}              | they said yes
			{"name": "answer", "payload": "\\"42\\""}         | they said 42
			{"name": "answer", "payload": "\\"{\\\\\\"a\\""}  | they said {\\"a
			{"name": "answer", "payload": "-- no!"}           | they said -- no!
			{"name": "answer", "payload": ""}                 | `they said `""")
	void aSignalCarriesATextWithOrWithoutQuotes(String body, String result) {
		String id = "text-" + body.hashCode();
		start("ask", id);

		assertThat(this.http.postText("/workflowruns/" + id + "/signal", body).code()).isEqualTo(202);

		assertThat(this.http.awaitStatus(id, "COMPLETED").text("output")).isEqualTo("\"" + result + "\"");
	}

	@Test
	void aRepeatedMessageIdIsOneSignal() {
		start("ask", "once-1");
		this.client.pause("once-1");
		Map<String, String> signal = Map.of("name", "answer", "payload", "yes", "messageId", "m-1");

		this.http.post("/workflowruns/once-1/signal", signal);
		this.http.post("/workflowruns/once-1/signal", Map.of("name", "answer", "payload", "no", "messageId", "m-1"));
		this.client.resume("once-1");

		assertThat(this.http.awaitStatus("once-1", "COMPLETED").text("output")).isEqualTo("\"they said yes\"");
	}

	@Test
	void aPayloadOfAnotherTypeIsRefused() {
		start("approve", "refused-1");
		this.http.awaitStatus("refused-1", "SUSPENDED");

		Answer refused = this.http.post("/workflowruns/refused-1/signal", Map.of("name", "approved", "payload", "yes"));

		assertThat(refused.code()).isEqualTo(400);
		assertThat(refused.problem()).startsWith("KRAFT-3013").contains("Approval", "\"yes\"");
		assertThat(this.http.get("/workflowruns/refused-1/messages").json().path("messages")).isEmpty();
		assertThat(this.http.get("/workflowruns/refused-1").text("status")).isEqualTo("SUSPENDED");
	}

	@Test
	void aMessageThatPausesItsRunIsReplaced() {
		String number = pausedBy("replace-1", "yes");

		JsonNode message = this.http.get("/workflowruns/replace-1/messages").json().at("/messages/0");
		assertThat(message.path("name").asString()).isEqualTo("approved");
		assertThat(message.path("payload").asString()).isEqualTo("\"yes\"");
		Answer replaced = this.http.post("/workflowruns/replace-1/replace",
				Map.of("number", number, "payload", "{\"by\":\"bo\",\"limit\":1}"));
		assertThat(replaced.code()).isEqualTo(202);
		assertThat(replaced.text("status")).isEqualTo("PAUSED");
		this.http.post("/workflowruns/replace-1/resume");

		assertThat(this.http.awaitStatus("replace-1", "COMPLETED").text("output")).contains("approved by bo");
		assertThat(this.http.post("/workflowruns/replace-1/discard", Map.of("number", number)).code()).isEqualTo(409);
	}

	@Test
	void aMessageThatPausesItsRunIsDiscarded() {
		String number = pausedBy("discard-1", "yes");

		assertThat(this.http.post("/workflowruns/discard-1/discard").code()).isEqualTo(400);
		assertThat(this.http.post("/workflowruns/discard-1/discard", Map.of("number", "x")).code()).isEqualTo(400);
		assertThat(this.http.post("/workflowruns/discard-1/discard", Map.of("number", number)).code()).isEqualTo(202);
		Answer again = this.http.post("/workflowruns/discard-1/discard", Map.of("number", number));
		this.http.post("/workflowruns/discard-1/resume");

		assertThat(again.code()).isEqualTo(404);
		assertThat(again.problem()).startsWith("KRAFT-3014");
		this.http.awaitStatus("discard-1", "SUSPENDED");
		assertThat(this.http.get("/workflowruns/discard-1/messages").json().path("messages")).isEmpty();
		assertThat(this.http.get("/workflowruns/nobody/messages").code()).isEqualTo(404);
	}

	/** What a run out of memory waits for is not known. */
	private String pausedBy(String id, String payload) {
		start("approve", id);
		this.http.awaitStatus(id, "SUSPENDED");
		this.http.post("/workflowruns/" + id + "/pause");
		this.http.awaitStatus(id, "PAUSED");
		this.http.post("/workflowruns/" + id + "/signal", Map.of("name", "approved", "payload", payload));
		this.http.post("/workflowruns/" + id + "/resume");
		await().until(() -> this.http.get("/workflowruns/" + id).text("reason"),
				(reason) -> reason != null && reason.startsWith("KRAFT-1004"));
		return this.http.get("/workflowruns/" + id + "/messages").json().at("/messages/0/number").asString();
	}

	@Test
	void aRunIsRestartedBeforeAPositionOfItsJournal() {
		start("approve", "before-1");
		this.http.post("/workflowruns/before-1/signal",
				Map.of("name", "approved", "payload", "{\"by\":\"al\",\"limit\":1}"));
		this.http.awaitStatus("before-1", "COMPLETED");

		Answer restarted = this.http.post("/workflowruns/before-1/restart",
				Map.of("from", position("before-1", "signal")));
		assertThat(restarted.code()).isEqualTo(202);
		assertThat(restarted.text("id")).isEqualTo("before-1~2");
		this.http.post("/workflowruns/before-1~2/signal",
				Map.of("name", "approved", "payload", "{\"by\":\"bo\",\"limit\":1}"));

		assertThat(this.http.awaitStatus("before-1~2", "COMPLETED").text("output")).contains("approved by bo");
	}

	private String position(String id, String kind) {
		for (JsonNode entry : this.http.get("/workflowruns/" + id + "/journal").json().path("entries")) {
			if (entry.path("kind").asString().equals(kind)) {
				return entry.path("position").asString();
			}
		}
		throw new AssertionError("no entry of the kind " + kind);
	}

	@Test
	void aRunIsPausedAndResumed() {
		start("ask", "pause-1");
		this.http.awaitStatus("pause-1", "SUSPENDED");

		assertThat(this.http.post("/workflowruns/pause-1/pause").code()).isEqualTo(202);
		this.http.awaitStatus("pause-1", "PAUSED");
		Answer retried = this.http.post("/workflowruns/pause-1/retry");
		assertThat(retried.code()).isEqualTo(409);
		assertThat(retried.text("workflowStatus")).isEqualTo("PAUSED");
		assertThat(retried.problem()).contains("resume(\"pause-1\")", "failRun(\"pause-1\", reason)");
		assertThat(this.http.post("/workflowruns/pause-1/resume").code()).isEqualTo(202);

		this.http.awaitStatus("pause-1", "SUSPENDED");
	}

	@Test
	void aRunIsCancelledAndRemoved() {
		start("ask", "cancel-1");
		this.http.awaitStatus("cancel-1", "SUSPENDED");

		assertThat(this.http.post("/workflowruns/cancel-1/cancel").code()).isEqualTo(202);
		this.http.awaitStatus("cancel-1", "CANCELLED");
		Answer deleted = this.http.delete("/workflowruns/cancel-1");

		assertThat(deleted.code()).isEqualTo(204);
		assertThat(deleted.body()).isNull();
		assertThat(this.http.get("/workflowruns/cancel-1").code()).isEqualTo(404);
		assertThat(this.http.delete("/workflowruns/cancel-1").code()).isEqualTo(404);
	}

	@Test
	void aRunThatIsPausedFailsForAReason() {
		start("ask", "fail-1");
		this.http.awaitStatus("fail-1", "SUSPENDED");
		this.http.post("/workflowruns/fail-1/pause");
		this.http.awaitStatus("fail-1", "PAUSED");

		assertThat(this.http.post("/workflowruns/fail-1/fail", Map.of("reason", "nobody answers")).code())
			.isEqualTo(202);

		assertThat(this.http.awaitStatus("fail-1", "FAILED").text("lastError")).contains("nobody answers");
	}

	@Test
	void aRunIsRestartedWithTheSameInput() {
		start("pay", "again-1");
		this.http.awaitStatus("again-1", "COMPLETED");

		assertThat(this.http.post("/workflowruns/again-1/restart").text("id")).isEqualTo("again-1~2");

		assertThat(this.http.awaitStatus("again-1~2", "COMPLETED").text("input")).isEqualTo("[\"again-1\"]");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "cancel", "fail", "terminate", "pause", "resume", "retry", "signal", "discard", "replace" })
	void whatMeansNothingToARunThatIsCompletedIsAConflict(String action) {
		start("pay", "over-1");
		this.http.awaitStatus("over-1", "COMPLETED");

		Answer refused = this.http.post("/workflowruns/over-1/" + action);

		assertThat(refused.code()).isEqualTo(409);
		assertThat(refused.json().path("status").asInt()).isEqualTo(409);
		assertThat(refused.text("workflowStatus")).isEqualTo("COMPLETED");
		assertThat(refused.text("code")).isEqualTo("KRAFT-3003");
		assertThat(refused.problem()).startsWith("KRAFT-3003: run 'over-1' is COMPLETED, and only a run that has ");
	}

	@Test
	void aRetryOfARunThatWaitsIsAConflict() {
		start("ask", "open-1");
		this.http.awaitStatus("open-1", "SUSPENDED");

		Answer refused = this.http.post("/workflowruns/open-1/retry");

		assertThat(refused.code()).isEqualTo(409);
		assertThat(refused.text("workflowStatus")).isEqualTo("SUSPENDED");
		assertThat(refused.text("code")).isEqualTo("KRAFT-3008");
	}

	@Test
	void aResumeOfARunThatIsNotPausedIsAcceptedBecauseItWithdrawsAPauseThatIsRequested() {
		start("ask", "open-3");
		this.http.awaitStatus("open-3", "SUSPENDED");

		Answer resumed = this.http.post("/workflowruns/open-3/resume");

		assertThat(resumed.code()).isEqualTo(202);
		assertThat(resumed.text("status")).isEqualTo("SUSPENDED");
	}

	@Test
	void aRunThatHasNotEndedCannotBeRemoved() {
		start("ask", "open-2");
		this.http.awaitStatus("open-2", "SUSPENDED");

		Answer refused = this.http.delete("/workflowruns/open-2");

		assertThat(refused.code()).isEqualTo(409);
		assertThat(refused.text("workflowStatus")).isEqualTo("SUSPENDED");
		assertThat(refused.problem()).startsWith("KRAFT-3008");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cancel", "fail", "terminate", "pause", "resume", "retry", "restart", "signal" })
	void anUnknownIdIsNotFound(String action) {
		Answer unknown = this.http.post("/workflowruns/nobody/" + action);

		assertThat(unknown.code()).isEqualTo(404);
		assertThat(unknown.problem()).startsWith("KRAFT-3001").contains("'nobody'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "explode", "CANCEL", "cancel%2F..", "%00", "journal" })
	void anUnknownActionIsNotFoundWithTheKnownOnes(String action) {
		start("ask", "known-1");

		Answer unknown = this.http.post("/workflowruns/known-1/" + action);

		assertThat(unknown.code()).isEqualTo(404);
		assertThat(unknown.problem()).contains("cancel, fail, terminate, pause, resume, retry, restart, signal");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			fail    | {}                                              | The parameter 'reason' is missing
			signal  | {}                                              | The parameter 'name' is missing
			signal  | {"name": "answer", "payload": "{\\"by\\": "}    | begins as JSON but is invalid
			signal  | {"name": "answer", "payload": "[1] [2]"}        | begins as JSON but is invalid
			signal  | {"name": "answer", "payload": "1.2.3"}          | begins as JSON but is invalid
			restart | {"from": "77"}                                  | KRAFT-1008
			restart | {"from": "../1"}                                | KRAFT-1008""")
	void aMalformedParameterIsABadRequestThatSaysWhatIsWrong(String action, String body, String message) {
		start("ask", "malformed-1");

		Answer refused = this.http.postText("/workflowruns/malformed-1/" + action, body);

		assertThat(refused.code()).isEqualTo(400);
		assertThat(refused.problem()).contains(message);
	}

	@Test
	void aSignalWithoutABodyIsToldHowToSendOne() {
		start("ask", "malformed-3");

		Answer refused = this.http.post("/workflowruns/malformed-3/signal");

		assertThat(refused.code()).isEqualTo(400);
		assertThat(refused.problem()).contains("'name' is missing", "Content-Type: application/json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "[]", "7", "{\"name\": \"answer\", \"payload\": {\"by\": \"ada\"}}" })
	void aBodyThatIsNoFlatObjectIsABadRequest(String body) {
		start("ask", "malformed-2");

		assertThat(this.http.postText("/workflowruns/malformed-2/signal", body).code()).isEqualTo(400);

		this.http.awaitStatus("malformed-2", "SUSPENDED");
	}

	@Test
	void aPayloadThatIsNestedTooDeepIsABadRequestAndOneThatIsTooLargeIsSaidToBe() {
		start("ask", "hostile-1");
		String deep = "[".repeat(100_000);
		String large = "\"" + "x".repeat(200_000) + "\"";

		assertThat(this.http.post("/workflowruns/hostile-1/signal", Map.of("name", "answer", "payload", deep)).code())
			.isEqualTo(400);
		Answer refused = this.http.post("/workflowruns/hostile-1/signal", Map.of("name", "answer", "payload", large));

		assertThat(refused.code()).isEqualTo(413);
		assertThat(refused.problem()).startsWith("KRAFT-1005");
		assertThat(refused.text("code")).isEqualTo("KRAFT-1005");
	}

	@Test
	void aRunIsExportedAsTheClientExportsIt() {
		start("ask", "export-1");
		this.http.awaitStatus("export-1", "SUSPENDED");

		Answer export = this.http.get("/workflowruns/export-1/export");

		assertThat(export.code()).isEqualTo(200);
		assertThat(export.body()).isEqualTo(this.client.export("export-1"));
		assertThat(this.http.get("/workflowruns/nobody/export").code()).isEqualTo(404);
		assertThat(this.http.get("/workflowruns/export-1/memoirs").code()).isEqualTo(404);
	}

	@Test
	void aLongJournalIsAnsweredInPieces() {
		this.client.start("count", StartOptions.defaults().id("count-1"), "count-1", 2500);
		this.http.awaitStatus("count-1", "COMPLETED");

		Answer first = this.http.get("/workflowruns/count-1/journal");
		assertThat(first.json().path("entries")).hasSize(1000);
		assertThat(first.json().path("nextFrom").asInt()).isEqualTo(1000);
		Answer last = this.http.get("/workflowruns/count-1/journal?from=2000&limit=1000");

		assertThat(last.json().path("entries")).hasSize(502);
		assertThat(last.json().has("nextFrom")).isFalse();
		assertThat(last.json().path("entries").get(501).path("kind").asString()).isEqualTo("end");
		assertThat(this.http.get("/workflowruns/count-1/journal?from=2147483647").json().path("entries")).isEmpty();
		assertThat(this.http.get("/workflowruns/count-1/journal?from=1&limit=2").json().path("nextFrom").asInt())
			.isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "from=-1", "from=x", "from=99999999999", "limit=0", "limit=1001", "from=1&from=2" })
	void aMalformedPieceOfAJournalIsABadRequest(String parameters) {
		start("ask", "pieces-1");

		Answer refused = this.http.get("/workflowruns/pieces-1/journal?" + parameters);

		assertThat(refused.code()).isEqualTo(400);
		assertThat(refused.problem()).startsWith("KRAFT-6001: The parameter '");
	}

	@Test
	void withoutHttpARefusalIsTheExceptionAndWhatIsUnknownIsNull(@Autowired WorkflowRunsEndpoint endpoint) {
		start("ask", "plain-1");
		this.client.terminate("plain-1");

		assertThatExceptionOfType(WorkflowEndedException.class)
			.isThrownBy(() -> endpoint.act("plain-1", "cancel", null, null, null, null, null, null))
			.withMessageContaining("run 'plain-1' is TERMINATED");
		assertThat(endpoint.workflow("nobody")).isNull();
		assertThat(endpoint.view("nobody", "journal", null, null)).isNull();
		assertThat(endpoint.view("plain-1", "memoirs", null, null)).isNull();
	}

	private void start(String workflow, String id) {
		this.client.start(workflow, StartOptions.defaults().id(id), id);
	}

}
