package io.kraft.test.shop.guide;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.test.KraftTest;
import io.kraft.test.WorkflowReplayer;
import io.kraft.test.WorkflowTestEnvironment;
import io.kraft.test.scenario.CrashReport;
import io.kraft.test.shop.FakeBank;
import io.kraft.test.shop.Orders;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;

@KraftTest
class OrderTests {

	@Autowired
	private WorkflowTestEnvironment environment;

	@Autowired
	private WorkflowClient client;

	@Autowired
	private Orders orders;

	@Autowired
	private FakeBank bank;

	@Test
	void anOrderIsShippedAfterThirtyDays() {
		WorkflowHandle<String> run = this.client.start(() -> this.orders.process("lamp"));

		this.environment.advance(Duration.ofDays(29));
		assertThatRun(run).isWaitingFor("timer").executed("charge").once().executed("ship").never();

		this.environment.advance(Duration.ofDays(1));
		assertThatRun(run).isCompletedWith("paid by the bank, parcel of lamp");
	}

	@Test
	void anOrderSurvivesACrash() {
		WorkflowHandle<String> run = this.client.start(() -> this.orders.process("lamp"));
		this.environment.settle();

		this.environment.crash();
		this.environment.restart();
		this.environment.advance(Duration.ofDays(30));

		assertThatRun(run).isCompleted().executed("charge").once();
	}

	@Test
	void anOrderSurvivesACrashAtEveryCommit() throws Exception {
		CrashReport report = this.environment.beforeEach(this.bank.charges()::clear)
			.crashAtEveryCommit(() -> this.orders.process("lamp"));

		assertThat(report.repeatedBodies()).containsKey("step 'Payments.charge' of run 'lamp'");
	}

	@Test
	void aBankThatDoesNotAnswerIsAskedAgain() {
		this.environment.stub("charge").fails(new IOException("no answer"));
		WorkflowHandle<String> run = this.client.start(() -> this.orders.process("lamp"));

		this.environment.advance(Duration.ofSeconds(10));
		assertThatRun(run).isWaitingFor("retry");

		this.environment.stub("charge", (arguments) -> "paid for " + arguments[0]);
		assertThat(run.result()).isEqualTo("paid for lamp, parcel of lamp");
	}

	@Test
	void ordersThatWaitInProductionGoOnWithTodaysCode(@Autowired WorkflowReplayer replayer) {
		replayer.replayAll(Path.of("src/test/resources/journals"));
	}

}
