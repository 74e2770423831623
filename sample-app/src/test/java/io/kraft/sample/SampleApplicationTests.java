package io.kraft.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.packing-time=100ms", "sample.payment-failure-rate=0.5" })
@DirtiesContext // Closed before its directory is removed.
class SampleApplicationTests {

	@TempDir
	private static Path directory;

	private final WebTestClient http;

	SampleApplicationTests(@Value("${local.server.port}") int port) {
		this.http = WebTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

	@DynamicPropertySource
	static void directories(DynamicPropertyRegistry properties) {
		properties.add("kraft.storage.path", directory.resolve("kraft")::toString);
		properties.add("sample.effects-log", directory.resolve("effects.log")::toString);
	}

	@Test
	void anOrderIsProcessedAndEachEffectIsMadeOnce() throws IOException {
		order("order-1", 2);
		order("order-1", 2);

		awaitStatus("order-1", "COMPLETED");
		show("order-1").jsonPath("$.receipt.paymentId").isNotEmpty();
		assertThat(effectsOf("order-1")).containsExactly("charge", "reserve", "ship", "notify");
	}

	@Test
	void anInvalidOrderFailsWithoutEffects() throws IOException {
		order("order-2", 0);

		awaitStatus("order-2", "FAILED");
		show("order-2").jsonPath("$.failure")
			.value(String.class, (failure) -> assertThat(failure).contains("a quantity of at least 1"));
		assertThat(effectsOf("order-2")).isEmpty();
	}

	@Test
	void anUnknownOrderIsNotFound() {
		this.http.get().uri("/orders/order-3").exchange().expectStatus().isNotFound();
	}

	@Test
	void theActuatorShowsTheJournal() {
		order("order-4", 1);

		awaitStatus("order-4", "COMPLETED");
		this.http.get()
			.uri("/actuator/workflowruns/order-4/journal")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.entries[?(@.kind == 'timer')]")
			.isNotEmpty();
	}

	@Test
	void aLargeOrderWaitsUntilItIsApproved() throws IOException {
		order("order-5", 101);
		awaitStatus("order-5", "SUSPENDED");
		assertThat(effectsOf("order-5")).isEmpty();

		operate("/workflowruns/order-5/signal", """
				{"name": "approved", "payload": "{\\"by\\": \\"ada\\"}"}""");

		awaitStatus("order-5", "COMPLETED");
	}

	@Test
	void aNewsletterIsDeadWhenTheMailServerIsDownAndIsRetried() throws IOException {
		Path outage = Files.createFile(directory.resolve("mail-server.down"));
		String id = sendNewsletter();
		await().atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> actuator("/workflowqueues/mails/dead").jsonPath("$.workflows[0].id").isEqualTo(id));

		Files.delete(outage);
		operate("/workflowruns/" + id + "/retry", "{}");

		await().atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> actuator("/workflowruns/" + id).jsonPath("$.status").isEqualTo("COMPLETED"));
		assertThat(effectsOf("grace")).containsExactly("newsletter");
	}

	private String sendNewsletter() {
		JsonNode accepted = this.http.post()
			.uri("/newsletters")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("""
					{"to": "grace", "subject": "New lamps"}""")
			.exchange()
			.expectStatus()
			.isAccepted()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody();
		return Objects.requireNonNull(accepted).path("id").asString();
	}

	private WebTestClient.BodyContentSpec actuator(String path) {
		return this.http.get().uri("/actuator" + path).exchange().expectStatus().isOk().expectBody();
	}

	private void operate(String path, String parameters) {
		this.http.post()
			.uri("/actuator" + path)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(parameters)
			.exchange()
			.expectStatus()
			.isAccepted();
	}

	private void order(String id, int quantity) {
		this.http.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("""
					{"id": "%s", "customer": "ada", "item": "lamp", "quantity": %d}""".formatted(id, quantity))
			.exchange()
			.expectStatus()
			.isAccepted()
			.expectHeader()
			.location("/orders/" + id);
	}

	private void awaitStatus(String id, String status) {
		await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> show(id).jsonPath("$.status").isEqualTo(status));
	}

	private WebTestClient.BodyContentSpec show(String id) {
		return this.http.get().uri("/orders/{id}", id).exchange().expectStatus().isOk().expectBody();
	}

	private static List<String> effectsOf(String id) throws IOException {
		Path file = directory.resolve("effects.log");
		return Files.exists(file) ? Files.readAllLines(file)
			.stream()
			.filter((line) -> line.endsWith(" " + id))
			.map((line) -> line.split(" ", -1)[1])
			.toList() : List.of();
	}

}
