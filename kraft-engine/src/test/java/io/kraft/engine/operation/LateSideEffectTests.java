package io.kraft.engine.operation;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.RunUnwound;
import io.kraft.engine.testing.InFlight;
import io.kraft.engine.testing.TestEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A side effect whose thread has the run's commit, but is not in the code yet, when the
 * run is terminated.
 */
@Timeout(20)
class LateSideEffectTests {

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
	void itsCodeIsNotEnteredWhenTheTerminationHasReturned() throws InterruptedException {
		AtomicBoolean isEntered = new AtomicBoolean();
		AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
		this.engine.workflow("late", String.class, (argument) -> {
			awaitGate();
			// What is left to do once the run's commit has been awaited.
			try {
				SideEffectOperation.outcome(Branch.current(), "late", Boolean.class, () -> isEntered.getAndSet(true));
			}
			catch (Throwable ex) {
				thrown.set(ex);
				throw ex;
			}
			return "late";
		}).with((builder) -> builder.workInFlight(() -> this.work = new InFlight())).start();
		this.engine.run("late", "l", "x");
		this.entered.await();

		this.engine.client().terminate("l");
		this.gate.countDown();
		assertThat(this.work.awaitQuiescence(Duration.ofSeconds(10))).isTrue();

		assertThat(isEntered).isFalse();
		assertThat(thrown.get()).isInstanceOf(RunUnwound.class);
		assertThat(this.engine.client().handle("l").status()).isEqualTo(WorkflowStatus.TERMINATED);
	}

	private void awaitGate() {
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
	}

}
