package io.kraft.test.tutorial;

import java.time.Duration;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.test.KraftTest;
import io.kraft.test.WorkflowTestEnvironment;
import io.kraft.test.tutorial.OrderSaga.NoCarrierException;
import io.kraft.test.tutorial.OrderSaga.Order;
import io.kraft.test.tutorial.OrderSaga.Receipt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;

@KraftTest
class OrderSagaTests {

	@Autowired
	private OrderSaga orders;

	@Autowired
	private Services services;

	@Autowired
	private WorkflowClient client;

	@Autowired
	private WorkflowTestEnvironment environment;

	@BeforeEach
	void reset() {
		this.services.reset();
	}

	@Test
	void anOrderIsReservedChargedAndShipped() throws Exception {
		Receipt receipt = this.orders.process(new Order("1", "lamp", 1999, "Berlin"));

		assertThat(receipt.parcel()).startsWith("ship to Berlin");
		assertThat(this.services.effects()).containsExactly("reserve lamp", "charge 1999", "ship to Berlin");
	}

	@Test
	void anOrderThatCannotBeShippedIsRefundedAndReleased() {
		WorkflowHandle<Receipt> run = this.client
			.start(() -> this.orders.process(new Order("2", "lamp", 1999, "Moon")));

		assertThatRun(run).isFailedWith(NoCarrierException.class);
		assertThat(this.services.effects()).containsExactly("reserve lamp", "charge 1999", "refund 1999",
				"release lamp");
	}

	@Test
	void anOrderIsReleasedWhenTheBankStaysDown() {
		this.environment.stub("charge").fails(new IllegalStateException("the bank is down"));
		WorkflowHandle<Receipt> run = this.client
			.start(() -> this.orders.process(new Order("3", "lamp", 1999, "Berlin")));

		this.environment.advance(Duration.ofMinutes(1));

		assertThatRun(run).isFailedWith(IllegalStateException.class).executed("release").once();
	}

	@Test
	void eachEffectHappensOnceWhereverTheProcessDies() throws Exception {
		this.environment.beforeEach(this.services::reset).crashAtEveryCommit(() -> {
			Receipt receipt = this.orders.process(new Order("4", "lamp", 1999, "Berlin"));
			assertThat(this.services.effects()).containsExactly("reserve lamp", "charge 1999", "ship to Berlin");
			return receipt;
		});
	}

}
