package io.kraft.spring.boot.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Orders whose steps are undone and whose deliveries are children, in an application
 * context, with waiting runs kept in memory and unloaded.
 */
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 1000 })
class SagaTests {

	private final ApplicationContextRunner runner;

	SagaTests(int parked) {
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class))
			.withPropertyValues("kraft.storage.type=memory", "kraft.engine.max-parked-workflows=" + parked)
			.withBean(MovableClock.class)
			.withBean(Events.class)
			.withBean(Payments.class)
			.withBean(Orders.class)
			.withBean(Deliveries.class);
	}

	@Test
	void anOrderThatCannotBeDeliveredIsUndoneOnThisAndOnTheOtherBean() {
		this.runner.run((context) -> {
			Orders orders = context.getBean(Orders.class);

			assertThatExceptionOfType(UndeliverableException.class)
				.isThrownBy(() -> orders.process(new Order("1", "nowhere")))
				.withMessage("nowhere is not on the map");
			assertThat(context.getBean(Events.class).all).containsExactly("charged 1", "shipped 1", "told 1",
					"cancelled 1 parcel-1", "refunded payment-1");
			assertThat(context.getBean(WorkflowClient.class).handle("order-1").status())
				.isEqualTo(WorkflowStatus.FAILED);
		});
	}

	@Test
	void anOrderThatIsDeliveredIsNotUndone() {
		this.runner.run((context) -> {
			assertThat(context.getBean(Orders.class).process(new Order("1", "here"))).isEqualTo("parcel-1 is here");
			assertThat(context.getBean(Events.class).all).containsExactly("charged 1", "shipped 1");
			assertThat(context.getBean(WorkflowClient.class).find("delivery-1")).get()
				.satisfies((run) -> assertThat(run.parentId()).contains("order-1"));
		});
	}

	@Test
	void aCancelledOrderIsUndoneAndCancelsItsDelivery() {
		this.runner.run((context) -> {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			Orders orders = context.getBean(Orders.class);
			WorkflowHandle<String> run = client.start(() -> orders.process(new Order("1", "far away")));
			awaitSuspended(client, "order-1", "delivery-1");

			client.cancel("order-1");

			assertThatExceptionOfType(WorkflowCancelledException.class)
				.isThrownBy(() -> run.result(Duration.ofSeconds(10)));
			assertThat(run.status()).isEqualTo(WorkflowStatus.CANCELLED);
			await().until(() -> client.handle("delivery-1").status() == WorkflowStatus.CANCELLED);
			assertThat(context.getBean(Events.class).all).contains("cancelled 1 parcel-1", "refunded payment-1");
		});
	}

	@Test
	void aWorkflowWhoseTimeIsOverTimesOutAndIsUndone() {
		this.runner.run((context) -> {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			Orders orders = context.getBean(Orders.class);
			WorkflowHandle<String> run = client.start(() -> orders.reserve(new Order("1", "here")));
			await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

			context.getBean(MovableClock.class).advance(Duration.ofMinutes(30));

			assertThatExceptionOfType(WorkflowTimeoutException.class)
				.isThrownBy(() -> run.result(Duration.ofSeconds(10)));
			assertThat(run.status()).isEqualTo(WorkflowStatus.TIMED_OUT);
			assertThat(context.getBean(Events.class).all).containsExactly("charged 1", "refunded payment-1");
		});
	}

	@Test
	void aWorkflowThatIsCalledOnThisIsAChild() {
		this.runner.run((context) -> {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			Orders orders = context.getBean(Orders.class);
			WorkflowHandle<List<String>> run = client.start(() -> orders.twice("a"));
			awaitSuspended(client, run.id(), run.id() + ".1");

			context.getBean(MovableClock.class).advance(Duration.ofHours(1));

			assertThat(run.result(Duration.ofSeconds(10))).containsExactly("one a", "one b");
			assertThat(client.find(run.id() + ".3")).as("after the wait")
				.get()
				.satisfies((found) -> assertThat(found.parentId()).contains(run.id()));
		});
	}

	private static void awaitSuspended(WorkflowClient client, String... ids) {
		for (String id : ids) {
			await().until(() -> client.find(id).filter((run) -> run.status() == WorkflowStatus.SUSPENDED).isPresent());
		}
	}

	record Order(String id, String address) {
	}

	record Payment(String id) {
	}

	record Shipment(String trackingNumber) {
	}

	static class Events {

		private final List<String> all = new CopyOnWriteArrayList<>();

		void add(String event) {
			this.all.add(event);
		}

	}

	static class Payments {

		private final Events events;

		Payments(Events events) {
			this.events = events;
		}

		@Step(compensation = "refund")
		Payment charge(Order order) {
			this.events.add("charged " + order.id());
			return new Payment("payment-" + order.id());
		}

		void refund(Payment payment) {
			this.events.add("refunded " + payment.id());
		}

	}

	static class Orders {

		private final Payments payments;

		private final Deliveries deliveries;

		private final WorkflowContext workflow;

		private final Events events;

		Orders(Payments payments, Deliveries deliveries, WorkflowContext workflow, Events events) {
			this.payments = payments;
			this.deliveries = deliveries;
			this.workflow = workflow;
			this.events = events;
		}

		@Workflow(id = "'order-' + #order.id")
		String process(Order order) throws UndeliverableException {
			this.payments.charge(order);
			Shipment shipment = ship(order);
			this.workflow.onFailure("tell", () -> tell(order));
			return shipment.trackingNumber() + " is " + this.deliveries.deliver(order);
		}

		@Step(compensation = "cancelShipment")
		Shipment ship(Order order) {
			this.events.add("shipped " + order.id());
			return new Shipment("parcel-" + order.id());
		}

		void cancelShipment(Order order, Shipment shipment) {
			this.events.add("cancelled " + order.id() + " " + shipment.trackingNumber());
		}

		@Step
		void tell(Order order) {
			this.events.add("told " + order.id());
		}

		@Workflow(timeout = "30m")
		String reserve(Order order) {
			this.payments.charge(order);
			return this.workflow.awaitSignal("confirmed", String.class);
		}

		@Workflow
		List<String> twice(String what) {
			DurableFuture<String> other = this.workflow.startChild(() -> once(what));
			return List.of(other.await(), once("b"));
		}

		@Workflow
		String once(String what) {
			if (what.equals("a")) {
				this.workflow.sleep(Duration.ofHours(1));
			}
			return "one " + what;
		}

	}

	static class Deliveries {

		private final WorkflowContext workflow;

		Deliveries(WorkflowContext workflow) {
			this.workflow = workflow;
		}

		@Workflow(id = "'delivery-' + #order.id")
		String deliver(Order order) throws UndeliverableException {
			if (order.address().equals("nowhere")) {
				throw new UndeliverableException("nowhere is not on the map");
			}
			if (order.address().equals("far away")) {
				this.workflow.sleep(Duration.ofDays(1));
			}
			return order.address();
		}

	}

	static class UndeliverableException extends Exception {

		private static final long serialVersionUID = 1;

		UndeliverableException(String message) {
			super(message);
		}

	}

	static class MovableClock implements InstantSource {

		private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

		@Override
		public Instant instant() {
			return InstantSource.system().instant().plus(this.ahead.get());
		}

		void advance(Duration duration) {
			this.ahead.updateAndGet((ahead) -> ahead.plus(duration));
		}

	}

}
