package io.kraft.sample.order;

import java.nio.file.Path;
import java.time.Duration;

import io.kraft.sample.notification.NotificationService;
import io.kraft.sample.outside.EffectsLog;
import io.kraft.sample.outside.Outages;
import io.kraft.sample.outside.SampleProperties;
import io.kraft.sample.payment.PaymentService;
import io.kraft.test.AutoConfigureKraftTest;
import io.kraft.test.KraftTest;
import io.kraft.test.WorkflowTestEnvironment;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Orders from the web, with a real port and without, while the test moves the clock.
 */
class OrderWebTests {

	@TempDir
	private static Path directory;

	@DynamicPropertySource
	static void directories(DynamicPropertyRegistry properties) {
		properties.add("sample.effects-log", directory.resolve("effects.log")::toString);
	}

	private static void checkOrder(WebTestClient http, WorkflowTestEnvironment environment) {
		http.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("""
					{"id": "order-1", "customer": "ada", "item": "lamp", "quantity": 1}""")
			.exchange()
			.expectStatus()
			.isAccepted();

		environment.advance(Duration.ofDays(2));
		http.get().uri("/orders/order-1").exchange().expectBody().jsonPath("$.status").isEqualTo("SUSPENDED");

		environment.advance(Duration.ofDays(1));
		http.get().uri("/orders/order-1").exchange().expectBody().jsonPath("$.status").isEqualTo("COMPLETED");
	}

	@Nested
	@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = { "sample.packing-time=3d", "sample.payment-failure-rate=0" })
	@KraftTest
	class WithAPort {

		@Test
		void anOrderIsPlacedAndPacked(@Value("${local.server.port}") int port,
				@Autowired WorkflowTestEnvironment environment) {
			checkOrder(WebTestClient.bindToServer().baseUrl("http://localhost:" + port).build(), environment);
		}

	}

	@Nested
	@WebFluxTest(controllers = OrderController.class,
			properties = { "sample.packing-time=3d", "sample.payment-failure-rate=0" })
	@AutoConfigureKraftTest
	@EnableConfigurationProperties(SampleProperties.class)
	@Import({ OrderWorkflow.class, PaymentService.class, StockService.class, NotificationService.class,
			EffectsLog.class, Outages.class })
	class InASlice {

		@Test
		void anOrderIsPlacedAndPacked(@Autowired WebTestClient http, @Autowired WorkflowTestEnvironment environment) {
			checkOrder(http, environment);
		}

	}

}
