package io.kraft.sample.order;

import java.nio.file.Path;
import java.time.Duration;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.sample.payment.Payment;
import io.kraft.test.KraftTest;
import io.kraft.test.WorkflowReplayer;
import io.kraft.test.WorkflowTestEnvironment;
import io.kraft.test.scenario.CrashReport;
import io.kraft.workflow.NonRetryableStepException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The workflow of orders on the test bench: days pass in milliseconds, and crashes come
 * when they are asked for.
 */
@KraftTest(properties = { "sample.packing-time=3d", "sample.payment-failure-rate=0" })
class OrderWorkflowTests {

	@TempDir
	private static Path directory;

	private final Order order = new Order("order-1", "ada", "lamp", 2);

	@Autowired
	private WorkflowTestEnvironment environment;

	@Autowired
	private WorkflowClient client;

	@Autowired
	private OrderWorkflow orders;

	@DynamicPropertySource
	static void directories(DynamicPropertyRegistry properties) {
		properties.add("sample.effects-log", directory.resolve("effects.log")::toString);
	}

	@Test
	void anOrderIsShippedWhenItIsPacked() {
		WorkflowHandle<Receipt> run = this.client.start(() -> this.orders.process(this.order));

		this.environment.advance(Duration.ofDays(3).minusMillis(1));
		assertThatRun(run).isWaitingFor("timer").executed("reserve").once().executed("ship").never();

		this.environment.advance(Duration.ofMillis(1));
		assertThatRun(run).isCompleted()
			.hasJournal("step validate", "step charge", "step reserve", "timer", "step ship", "step send");
		assertThat(run.result().orderId()).isEqualTo("order-1");
	}

	@Test
	void anOrderInTheWarehouseSurvivesACrash() {
		WorkflowHandle<Receipt> run = this.client.start(() -> this.orders.process(this.order));
		this.environment.advance(Duration.ofDays(1));

		this.environment.crash();
		this.environment.restart();
		this.environment.advance(Duration.ofDays(2));

		assertThatRun(run).isCompleted().executed("charge").once();
	}

	@Test
	void anOrderComesToTheSameReceiptWhereverItIsCrashed() throws Exception {
		CrashReport report = this.environment.crashAtEveryCommit(() -> this.orders.process(this.order));

		// Each of them has an effect, and tells the service its idempotency key.
		assertThat(report.repeatedBodies().toString()).contains("PaymentService.charge", "StockService.reserve",
				"OrderWorkflow.ship", "NotificationService.send");
	}

	@Test
	void aBankThatIsDownIsAskedAgainUntilItIsBack() {
		this.environment.stub("charge").fails(new IllegalStateException("the bank does not answer"));
		WorkflowHandle<Receipt> run = this.client.start(() -> this.orders.process(this.order));

		this.environment.advance(Duration.ofSeconds(30));
		assertThatRun(run).isWaitingFor("retry").executed("charge").never();

		this.environment.stub("charge").returns(new Payment("payment-1", 3998));
		assertThat(run.result().paymentId()).isEqualTo("payment-1");
	}

	@Test
	void anOrderWithoutAnItemFailsWithoutAnEffect() {
		Order nothing = new Order("order-2", "ada", "", 1);

		assertThatExceptionOfType(NonRetryableStepException.class).isThrownBy(() -> this.orders.process(nothing));
		assertThatRun(this.client.handle("order-2")).isFailedWith(NonRetryableStepException.class)
			.hasFailureContaining("an order needs an item")
			.executed("charge")
			.never();
	}

	@Test
	void ordersThatWereInTheWarehouseGoOnWithTodaysCode(@Autowired WorkflowReplayer replayer) {
		assertThat(replayer.replayAll(Path.of("src/test/resources/journals"))).isNotEmpty();
	}

	@Test
	void anOrderOfTodayCanBeRecordedForTomorrow(@Autowired WorkflowReplayer replayer) {
		this.orders.process(this.order);

		replayer.replay(this.client.export("order-1"));
	}

}
