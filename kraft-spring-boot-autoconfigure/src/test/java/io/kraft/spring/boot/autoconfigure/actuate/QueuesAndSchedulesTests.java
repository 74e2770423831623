package io.kraft.spring.boot.autoconfigure.actuate;

import io.kraft.client.WorkflowClient;
import io.kraft.spring.boot.autoconfigure.actuate.ActuatorApplication.Bank;
import io.kraft.spring.boot.autoconfigure.actuate.ActuatorHttp.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator does to queues and schedules of a running application, over HTTP.
 */
@SpringBootTest(classes = ActuatorApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "kraft.storage.type=memory", ActuatorApplication.WITHOUT_SECURITY,
				"management.endpoints.web.exposure.include=*", "management.endpoints.access.default=unrestricted" })
class QueuesAndSchedulesTests {

	@Autowired
	private WorkflowClient client;

	@Autowired
	private Bank bank;

	private final ActuatorHttp http;

	QueuesAndSchedulesTests(@Value("${local.server.port}") int port) {
		this.http = ActuatorHttp.of(port);
	}

	@AfterEach
	void openTheBank() {
		this.bank.open();
		this.client.resumeQueue("mails");
	}

	@Test
	void aQueueIsListedWithItsLimitsAndCounts() {
		JsonNode queue = queue("mails");

		assertThat(queue.path("paused").asBoolean()).isFalse();
		assertThat(queue.path("concurrency").asInt()).isEqualTo(2);
		assertThat(queue.path("concurrencyPerNode").isNull()).isTrue();
		assertThat(queue.path("rateLimit").path("max").asInt()).isEqualTo(1000);
		assertThat(queue.path("rateLimit").path("period").asString()).isEqualTo("PT1S");
		assertThat(queue.path("retry").path("maxAttempts").asInt()).isEqualTo(1);
		assertThat(queue.path("retention").asString()).isEqualTo("PT24H");
		for (String count : new String[] { "scheduled", "pending", "active", "dead" }) {
			assertThat(queue.path(count).isNumber()).as(count).isTrue();
		}
	}

	@Test
	void aDeadItemIsFoundUnderstoodMendedAndSeenToFinish() {
		this.bank.close();
		String first = this.client.enqueue("mails", () -> this.bank.charge("dead-1")).id();
		String second = this.client.enqueue("mails", () -> this.bank.charge("dead-2")).id();
		this.http.awaitStatus(first, "DEAD");
		this.http.awaitStatus(second, "DEAD");

		Answer newest = this.http.get("/workflowqueues/mails/dead?limit=1");
		assertThat(newest.json().path("workflows").findValuesAsString("id")).containsExactly(second);
		Answer next = this.http.get("/workflowqueues/mails/dead?limit=1&cursor=" + newest.text("nextCursor"));
		assertThat(next.json().path("workflows").findValuesAsString("id")).containsExactly(first);
		assertThat(next.json().path("workflows").get(0).path("failure").asString()).contains("the bank is closed");
		this.bank.open();
		assertThat(this.http.post("/workflowruns/" + first + "/retry").code()).isEqualTo(202);
		assertThat(this.http.delete("/workflowruns/" + second).code()).isEqualTo(204);

		this.http.awaitStatus(first, "COMPLETED");
		assertThat(queue("mails").path("dead").asInt()).isZero();
	}

	@Test
	void aQueueIsPausedAndResumed() {
		Answer paused = this.http.post("/workflowqueues/mails/pause");
		String item = this.client.enqueue("mails", () -> this.bank.charge("rests-1")).id();

		assertThat(paused.code()).isEqualTo(202);
		assertThat(queue("mails").path("paused").asBoolean()).isTrue();
		assertThat(queue("mails").path("pending").asInt()).isEqualTo(1);
		assertThat(this.http.post("/workflowqueues/mails/resume").code()).isEqualTo(202);
		this.http.awaitStatus(item, "COMPLETED");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mials/pause", "mials/resume", "%20/pause", "mails/explode", "mails/PAUSE" })
	void anUnknownQueueOrActionIsNotFoundWithTheKnownOnes(String path) {
		Answer unknown = this.http.post("/workflowqueues/" + path);

		assertThat(unknown.code()).isEqualTo(404);
		assertThat(unknown.problem()).startsWith("KRAFT-6004: There is no ").contains("Known are: ");
		assertThat(queue("mails").path("paused").asBoolean()).isFalse();
	}

	@Test
	void deadItemsAreAskedForWithBounds() {
		assertThat(this.http.get("/workflowqueues/mials/dead").problem()).contains("'mials'", "mails");
		assertThat(this.http.get("/workflowqueues/mails/alive").code()).isEqualTo(404);
		assertThat(this.http.get("/workflowqueues/mails/dead?limit=1001").code()).isEqualTo(400);
		assertThat(this.http.get("/workflowqueues/mails/dead?cursor=x").problem()).contains("'x'");
	}

	private JsonNode queue(String name) {
		return named(this.http.get("/workflowqueues").json().path("queues"), name);
	}

	@Test
	void aScheduleIsListedPausedAndResumed() {
		assertThat(this.http.post("/workflowschedules/nightly/pause").json().path("paused").asBoolean()).isTrue();
		JsonNode paused = schedule();
		assertThat(paused.path("nextTick").isNull()).isTrue();
		assertThat(this.http.post("/workflowschedules/nightly/resume").code()).isEqualTo(202);
		JsonNode resumed = schedule();

		assertThat(resumed.path("paused").asBoolean()).isFalse();
		assertThat(resumed.path("workflow").asString()).isEqualTo("nightly");
		assertThat(resumed.path("description").asString()).isEqualTo("cron 0 0 3 1 1 *");
		assertThat(resumed.path("zone").asString()).isEqualTo("Europe/Berlin");
		assertThat(resumed.path("nextTick").asString()).endsWith("-01-01T02:00:00Z");
	}

	@Test
	void aScheduleIsTriggeredAndItsRunIsAnswered() {
		Answer triggered = this.http.post("/workflowschedules/nightly/trigger");

		assertThat(triggered.code()).isEqualTo(202);
		assertThat(triggered.text("id")).startsWith("nightly@manual-");
		this.http.awaitStatus(triggered.text("id"), "COMPLETED");
	}

	@Test
	void anUnknownScheduleOrActionIsNotFound() {
		Answer unknown = this.http.post("/workflowschedules/daily/pause");

		assertThat(unknown.code()).isEqualTo(404);
		assertThat(unknown.problem()).startsWith("KRAFT-3009").contains("nightly");
		assertThat(this.http.post("/workflowschedules/nightly/explode").problem())
			.isEqualTo("KRAFT-6004: There is no action 'explode'. Known are: pause, resume, trigger.");
	}

	@Test
	void theInfoTellsTheSame() {
		JsonNode kraft = this.http.get("/info").json().path("kraft");

		assertThat(kraft.path("workflows").path("approve").get(0).asInt()).isEqualTo(1);
		assertThat(kraft.path("schedules").get(0).asString()).isEqualTo("nightly");
	}

	private JsonNode schedule() {
		return named(this.http.get("/workflowschedules").json().path("schedules"), "nightly");
	}

	private static JsonNode named(JsonNode all, String name) {
		for (JsonNode one : all) {
			if (one.path("name").asString().equals(name)) {
				return one;
			}
		}
		throw new AssertionError("no " + name + " in " + all);
	}

}
