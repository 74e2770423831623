package io.kraft.spring.boot.autoconfigure.actuate;

import java.time.Instant;
import java.util.Map;

import io.kraft.client.OperationView;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.FakeWorkflowClient;
import io.kraft.spring.boot.autoconfigure.OwnEventLoops;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.DefaultUriBuilderFactory.EncodingMode;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "kraft.enabled=false", "management.endpoints.web.exposure.include=workflowruns",
				"management.endpoint.workflowruns.show-values=always", ActuatorApplication.WITHOUT_SECURITY })
class WorkflowRunsEndpointTests {

	private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678Z");

	@Autowired
	private FakeWorkflowClient client;

	private final WebTestClient http;

	WorkflowRunsEndpointTests(@Value("${local.server.port}") int port) {
		// The tests encode by themselves.
		DefaultUriBuilderFactory uris = new DefaultUriBuilderFactory("http://localhost:" + port + "/actuator");
		uris.setEncodingMode(EncodingMode.NONE);
		this.http = WebTestClient.bindToServer(new ReactorClientHttpConnector(ActuatorHttp.CLIENT))
			.uriBuilderFactory(uris)
			.build();
	}

	@Test
	void aListingHasThePagesRunsAndTheNextCursor() {
		json("/workflowruns",
				"""
						{"workflows": [
						  {"id": "order-1", "name": "order", "version": 2, "status": "SUSPENDED", "reason": null, "failure": null,
						   "tags": {"customer": "ada"}, "priority": 3, "parentId": null, "createdAt": "2026-01-02T03:04:05.678Z",
						   "startedAt": "2026-01-02T03:04:06.678Z", "finishedAt": null, "currentStep": "charge", "attempt": 4,
						   "waitingFor": "retry"},
						  {"id": "a/b c%d", "name": "order", "version": 1, "status": "FAILED", "reason": null,
						   "failure": "java.lang.IllegalStateException: no", "tags": {}, "priority": 0, "parentId": "order-1",
						   "createdAt": "2026-01-02T03:04:05.678Z", "startedAt": null, "finishedAt": null, "currentStep": null,
						   "attempt": 0, "waitingFor": null}],
						 "nextCursor": "more"}""");
	}

	@Test
	void theLastPageHasNoNextCursor() {
		json("/workflowruns?cursor=more", """
				{"workflows": [], "nextCursor": null}""");
	}

	@Test
	void withoutParametersAHundredRunsAreAskedFor() {
		json("/workflowruns?name=&status=&tag=&limit=&cursor=", "{}");

		assertThat(this.client.lastQuery()).isEqualTo(WorkflowQuery.all());
		assertThat(this.client.lastQuery().limit()).isEqualTo(100);
	}

	@Test
	void parametersFilter() {
		json("/workflowruns?name=order&status=failed&tag=customer:ada&limit=5&cursor=more", "{}");

		assertThat(this.client.lastQuery()).isEqualTo(WorkflowQuery.all()
			.name("order")
			.status(WorkflowStatus.FAILED)
			.tag("customer", "ada")
			.limit(5)
			.cursor("more"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "status=FAILED,paused", "status=FAILED&status=PAUSED",
			"status=FAILED,PAUSED&status=FAILED", "status=FAILED,%20PAUSED" })
	void severalStatusesMeanAnyOfThem(String parameters) {
		json("/workflowruns?" + parameters, "{}");

		assertThat(this.client.lastQuery())
			.isEqualTo(WorkflowQuery.all().status(WorkflowStatus.FAILED, WorkflowStatus.PAUSED));
	}

	@Test
	void severalTagsMeanAllOfThemAndTheirValuesMayHaveCommasAndColons() {
		json("/workflowruns?tag=customer:ada&tag=place:Berlin,Mitte&tag=at:12:30", "{}");

		assertThat(this.client.lastQuery().tags())
			.isEqualTo(Map.of("customer", "ada", "place", "Berlin,Mitte", "at", "12:30"));
	}

	@Test
	void aSingleTagMayHaveACommaToo() {
		json("/workflowruns?tag=place:Berlin,Mitte", "{}");

		assertThat(this.client.lastQuery().tags()).isEqualTo(Map.of("place", "Berlin,Mitte"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			status=asleep | The parameter 'status' is 'asleep', but must be one of [SCHEDULED, PENDING,
			limit=0       | The parameter 'limit' is '0', but must be a number from 1 to 1000.
			limit=1001    | The parameter 'limit' is '1001', but must be a number from 1 to 1000.
			limit=all     | The parameter 'limit' is 'all', but must be a number from 1 to 1000.
			tag=ada       | The parameter 'tag' is 'ada', but must be key:value.
			tag=:ada      | The parameter 'tag' is ':ada', but must be key:value.
			cursor=hello  | 'hello' is no cursor of a page""")
	void aMalformedParameterIsABadRequestThatSaysWhatIsAllowed(String parameters, String message) {
		this.http.get()
			.uri("/workflowruns?" + parameters)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo(400)
			.jsonPath("$.detail")
			.value(String.class, (text) -> assertThat(text).contains(message));
	}

	@Test
	void aRunIsDescribed() {
		json("/workflowruns/order-1", """
				{"id": "order-1", "name": "order", "version": 2, "status": "SUSPENDED", "reason": null, "failure": null,
				 "tags": {"customer": "ada"}, "priority": 3, "parentId": null, "createdAt": "2026-01-02T03:04:05.678Z",
				 "startedAt": "2026-01-02T03:04:06.678Z", "finishedAt": null, "currentStep": "charge", "attempt": 4,
				 "waitingFor": "retry", "since": "2026-01-02T03:04:05.678Z", "open": [], "lastError": null,
				 "entries": 2, "input": "[42]", "output": null}""");
	}

	@Test
	void anIdIsPercentEncoded() {
		json("/workflowruns/a%2Fb%20c%25d", """
				{"id": "a/b c%d"}""");
		json("/workflowruns/a%2Fb%20c%25d/journal", """
				{"entries": []}""");
	}

	@Test
	void aJournalHasAnEntryForEachOperation() {
		json("/workflowruns/order-1/journal", """
				{"entries": [
				  {"position": "1", "kind": "step", "name": "charge", "arguments": "[42]", "outcome": "{\\"id\\":7}",
				   "failure": null, "attempts": 1, "startedAt": "2026-01-02T03:04:05.678Z",
				   "finishedAt": "2026-01-02T03:04:06.678Z", "dueAt": null},
				  {"position": "2", "kind": "timer", "name": "sleep", "arguments": null, "outcome": null,
				   "failure": null, "attempts": 0, "startedAt": "2026-01-02T03:04:05.678Z",
				   "finishedAt": null, "dueAt": "2026-01-02T04:04:05.678Z"}]}""");
	}

	@ParameterizedTest
	@CsvSource({ "/workflowruns/order-2", "/workflowruns/order-2/journal", "/workflowruns/order-1/diary" })
	void whatIsUnknownIsNotFound(String path) {
		this.http.get().uri(path).exchange().expectStatus().isNotFound();
	}

	@Test
	void nothingCanBeChangedByDefault() {
		this.http.delete().uri("/workflowruns/order-1").exchange().expectStatus().is4xxClientError();
		this.http.post().uri("/workflowruns/order-1/cancel").exchange().expectStatus().is4xxClientError();
	}

	private void json(String path, String expected) {
		this.http.get().uri(path).exchange().expectStatus().isOk().expectBody().json(expected);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(OwnEventLoops.class)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		FakeWorkflowClient client() {
			FakeWorkflowClient client = new FakeWorkflowClient();
			client.add(new WorkflowDescription("order-1", "order", 2, WorkflowStatus.SUSPENDED, null, null,
					Map.of("customer", "ada"), 3, null, CREATED, CREATED.plusSeconds(1), null, "charge", 4, "retry"),
					new OperationView("1", "step", "charge", "[42]", "{\"id\":7}", null, 1, CREATED,
							CREATED.plusSeconds(1), null),
					new OperationView("2", "timer", "sleep", null, null, null, 0, CREATED, null,
							CREATED.plusSeconds(3600)));
			client.add(new WorkflowDescription("a/b c%d", "order", 1, WorkflowStatus.FAILED, null,
					"java.lang.IllegalStateException: no", Map.of(), 0, "order-1", CREATED, null, null, null, 0, null));
			return client;
		}

	}

}
