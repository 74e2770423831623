package io.kraft.engine.interleaving;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.testing.InFlight;
import io.kraft.engine.testing.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code that takes no notice of the termination of its run, and comes back later.
 */
@Timeout(20)
class EndedMeanwhileTests {

	private final TestEngine engine = new TestEngine();

	private final CountDownLatch entered = new CountDownLatch(1);

	private final CountDownLatch gate = new CountDownLatch(1);

	private volatile InFlight work = new InFlight();

	@AfterEach
	void close() {
		this.gate.countDown();
		this.engine.close();
	}

	@Test
	void aRunThatReturnsAfterItsTerminationHarmsNothing() throws InterruptedException {
		this.engine.workflow("stubborn", String.class, (argument) -> awaitGate());

		terminateAndOpen();

		assertThat(this.engine.client().handle("s").status()).isEqualTo(WorkflowStatus.TERMINATED);
		assertThat(this.engine.engine().health().cause()).isEmpty();
	}

	@Test
	void aStepThatReturnsAfterTheTerminationOfItsRunIsNotRecorded() throws InterruptedException {
		this.engine.workflow("stubborn", String.class,
				(argument) -> this.engine.step("stubborn", String.class, this::awaitGate));

		terminateAndOpen();

		assertThat(journal()).doesNotContain("late");
		assertThat(this.engine.engine().health().cause()).isEmpty();
	}

	private void terminateAndOpen() throws InterruptedException {
		this.engine.with((builder) -> builder.workInHand(() -> this.work = new InFlight())).start();
		this.engine.run("stubborn", "s", "x");
		this.entered.await();
		this.engine.client().terminate("s");
		this.gate.countDown();
		assertThat(this.work.awaitQuiescence(Duration.ofSeconds(10))).isTrue();
	}

	private String journal() {
		return this.engine.client().operations("s").toString();
	}

	private String awaitGate() {
		this.entered.countDown();
		boolean interrupted = true;
		while (interrupted) {
			try {
				this.gate.await();
				interrupted = false;
			}
			catch (InterruptedException ex) {
				// It takes no notice.
			}
		}
		return "late";
	}

}
