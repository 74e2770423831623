package io.kraft.test.shop.tests;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.test.KraftTest;
import io.kraft.test.WorkflowReplayer;
import io.kraft.test.WorkflowTestEnvironment;
import io.kraft.test.replay.ReplayResult;
import io.kraft.test.shop.Bank;
import io.kraft.test.shop.FakeBank;
import io.kraft.test.shop.Orders;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A Spring application on the test bench.
 */
@KraftTest(properties = "shop.name=alone")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class KraftTestTests {

	@Autowired
	private WorkflowTestEnvironment environment;

	@Autowired
	private WorkflowClient client;

	@Autowired
	private Orders orders;

	@Autowired
	private Bank bank;

	@Autowired
	private InstantSource clock;

	@RepeatedTest(2)
	void eachTestFindsTheClockAtItsStartAndNoRuns() {
		assertThat(this.client.find("lamp")).isEmpty();
		assertThat(this.clock.instant()).isEqualTo(ManualScheduler.START);
		WorkflowHandle<String> run = this.client.start(() -> this.orders.process("lamp"));

		assertThatRun(run).isWaiting();
		this.environment.advance(Duration.ofDays(30));

		assertThatRun(run).isCompletedWith("paid by the bank, parcel of lamp").executed("charge").once();
		assertThat(this.clock.instant()).isEqualTo(ManualScheduler.START.plus(Duration.ofDays(30)));
	}

	@Test
	void aDirectCallLetsTimePass() {
		assertThat(this.orders.process("lamp")).endsWith("parcel of lamp");
		assertThatIllegalArgumentException().isThrownBy(() -> this.orders.fail("lamp-2"))
			.withMessage("no such order: lamp-2");
	}

	@Test
	void stepsOfOtherBeansAndOfTheSameAreReplaced() {
		this.environment.stub("charge").returns("stubbed");
		this.environment.stub("Orders.ship", (arguments) -> "no parcel of " + arguments[0]);

		assertThat(this.orders.process("lamp")).isEqualTo("stubbed, no parcel of lamp");
	}

	@Test
	void aStubIsGoneInTheNextTest() {
		assertThat(this.orders.process("lamp")).isEqualTo("paid by the bank, parcel of lamp");
	}

	@Test
	void theApplicationGoesOnAfterACrash() {
		WorkflowHandle<String> run = this.client.start(() -> this.orders.process("lamp"));
		this.environment.settle();

		this.environment.crash();
		this.environment.restart();
		this.environment.advance(Duration.ofDays(30));

		assertThatRun(run).isCompleted().executed("charge").once();
	}

	@Test
	void aScenarioIsCrashedAtEveryCommit() throws Exception {
		FakeBank fake = (FakeBank) this.bank;

		this.environment.beforeEach(fake.charges()::clear).crashAtEveryCommit(() -> this.orders.process("lamp"));
	}

	@Test
	void aJournalIsReplayedWithTheBeansOfTheContext(@Autowired WorkflowReplayer replayer) {
		WorkflowHandle<String> run = this.client.start(() -> this.orders.process("lamp"));
		this.environment.settle();
		String waiting = this.client.export("lamp");
		this.environment.advance(Duration.ofDays(30));
		assertThatRun(run).isCompleted();
		int charges = ((FakeBank) this.bank).charges().size();

		assertThat(replayer.replay(waiting)).isInstanceOf(ReplayResult.Standing.class);
		assertThat(replayer.replay(this.client.export("lamp"))).isInstanceOf(ReplayResult.Ended.class);
		assertThat(((FakeBank) this.bank).charges()).hasSize(charges);
	}

	@Nested
	class Inside {

		@Test
		void aNestedClassHasTheSameEnvironment() {
			assertThat(KraftTestTests.this.client.find("lamp")).isEmpty();
			assertThat(KraftTestTests.this.orders.process("lamp")).endsWith("parcel of lamp");
		}

	}

}
