package io.kraft.spring.boot.web;

import java.util.List;
import java.util.UUID;

import io.kraft.workflow.TypeRef;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a route of an application's own workflow answers.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class WorkflowRoutesContract {

	private TestServer server;

	abstract Stack stack();

	@BeforeAll
	void start() {
		this.server = TestServer.open(stack(), Shop.class);
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	void anOrderIsStartedOnceAndShownWithItsResult() {
		String id = "order/" + UUID.randomUUID();
		String order = "{\"id\":\"" + id + "\",\"quantity\":2}";

		String location = this.server.post("/orders", order).isStatus(202).header("location");
		assertThat(this.server.post("/orders", order).isStatus(200).header("location")).isEqualTo(location);

		Reply shown = this.server.get(location + "&wait=10s").isStatus(200);
		assertThat(shown.text("/status")).isEqualTo("COMPLETED");
		assertThat(shown.json().at("/result/total").asInt()).isEqualTo(20);
	}

	@Test
	void anOrderThatBreaksAConstraintIsRefusedWithTheField() {
		Reply reply = this.server.post("/orders", "{\"id\":\"\",\"quantity\":0}").isProblem(400, "KRAFT-6001");

		assertThat(reply.json().path("errors").valueStream().map((error) -> error.path("field").asString()))
			.containsExactlyInAnyOrder("id", "quantity");
		this.server.post("/orders", "{\"id\":\"x\",\"price\":0}").isProblem(400, "KRAFT-6001");
		this.server.post("/orders", "").isProblem(400, "KRAFT-6001");
	}

	@Test
	void runsOfOtherWorkflowsAreNotShown() {
		String other = this.server.post("/refunds", "{\"id\":\"r\",\"quantity\":1}").isStatus(202).text("/id");

		this.server.get("/orders/" + other).isProblem(404, "KRAFT-3001");
		assertThat(this.server.get("/refunds/" + other + "?wait=10s").isStatus(200).body())
			.contains("\"status\":\"FAILED\"")
			.doesNotContain("secret");
	}

	@Test
	void anIdOfAnotherWorkflowsRunTellsNothingOfIt() {
		String other = this.server.post("/refunds", "{\"id\":\"r\",\"quantity\":1}").isStatus(202).text("/id");

		Reply taken = this.server.post("/orders", "{\"id\":\"" + other + "\",\"quantity\":1}")
			.isProblem(409, "KRAFT-3002");

		assertThat(taken.body()).doesNotContain("refund", "FAILED", other, "202");
		assertThat(this.server.get("/orders/" + other).body().replace(other, "ID"))
			.isEqualTo(this.server.get("/orders/unknown").body().replace("unknown", "ID"));
	}

	@Test
	void anIdByExpressionThatIsNoIdIsRefused() {
		for (String id : List.of("", "a\\u0000b", "x".repeat(5_000))) {
			this.server.post("/parcels", "{\"id\":\"" + id + "\",\"quantity\":1}").isStatus(400);
		}
	}

	@Test
	void whatIsNoWorkflowEndsTheStart() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> TestServer.open(stack(), BadShop.class).close())
			.havingRootCause()
			.withMessageContaining("makes one call of a @Workflow method");
	}

	@Test
	void aBodyMayHaveTypeArguments() {
		String order = "{\"id\":\"b\",\"quantity\":2}";

		String location = this.server.post("/batches", "[" + order + "," + order + "]")
			.isStatus(202)
			.header("location");

		assertThat(this.server.get(location + "?wait=10s").isStatus(200).json().at("/result/total").asInt())
			.isEqualTo(40);
		this.server.post("/batches", order).isProblem(400, "KRAFT-6001");
		this.server.post("/batches", "[{\"id\":\"b\",\"price\":0}]").isProblem(400, "KRAFT-6001");
	}

	record Order(@NotBlank String id, @Min(1) int quantity) {

	}

	record Receipt(int total) {

	}

	static class Orders {

		private final WorkflowContext context;

		Orders(WorkflowContext context) {
			this.context = context;
		}

		@Workflow(name = "order")
		Receipt process(Order order) {
			assertThat(this.context.workflowId()).isEqualTo(order.id());
			return new Receipt(order.quantity() * 10);
		}

		@Workflow(name = "refund")
		void refund(Order order) {
			throw new IllegalStateException("the secret of " + order.id());
		}

		@Workflow(name = "batch")
		Receipt processAll(List<Order> orders) {
			return new Receipt(orders.stream().mapToInt(Order::quantity).sum() * 10);
		}

		@Workflow(name = "parcel", id = "#order.id")
		void parcel(Order order) {
		}

		void notDurable(Order order) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Orders.class)
	static class Shop {

		@Bean
		WorkflowRoutes orderRoutes(Orders orders) {
			return WorkflowRoutes.of("/orders", Order.class, orders::process, Order::id);
		}

		@Bean
		WorkflowRoutes refundRoutes(Orders orders) {
			return WorkflowRoutes.of("/refunds", Order.class, orders::refund);
		}

		@Bean
		WorkflowRoutes batchRoutes(Orders orders) {
			return WorkflowRoutes.of("/batches", new TypeRef<List<Order>>() {
			}, orders::processAll, (batch) -> "batch-" + UUID.randomUUID());
		}

		@Bean
		WorkflowRoutes parcelRoutes(Orders orders) {
			return WorkflowRoutes.of("/parcels", Order.class, orders::parcel);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Orders.class)
	static class BadShop {

		@Bean
		WorkflowRoutes routes(Orders orders) {
			return WorkflowRoutes.of("/orders", Order.class, orders::notDurable);
		}

	}

}
