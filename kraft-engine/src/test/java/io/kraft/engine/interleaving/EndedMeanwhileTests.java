package io.kraft.engine.interleaving;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.observation.AttemptObservation;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.observation.ObservedRun;
import io.kraft.engine.observation.RunObservation;
import io.kraft.engine.observation.RunOutcome;
import io.kraft.engine.store.Change;
import io.kraft.engine.testing.HoldingStore;
import io.kraft.engine.testing.InFlight;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Delivery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

	@Test
	void aRequestThatIsDurableJustAsItsRunEndsIsNotLeftInTheInbox() throws InterruptedException {
		AtomicReference<HoldingStore> held = new AtomicReference<>();
		this.engine.workflow("brief", String.class, (argument) -> awaitGate());
		this.engine.withStoreOf("b", (store) -> {
			held.set(new HoldingStore(store, Change.MessageAdded.class::isInstance));
			return held.get();
		}).with((builder) -> builder.workInFlight(() -> this.work = new InFlight())).start();
		WorkflowHandle<?> run = this.engine.run("brief", "b", "x");
		this.entered.await();
		Thread canceller = Thread.ofPlatform().start(run::cancel);
		held.get().awaitReached();

		this.gate.countDown();
		await().until(() -> this.engine.engine().health().queuedCommits() > 0);
		held.get().release();
		canceller.join();
		assertThat(this.work.awaitQuiescence(Duration.ofSeconds(10))).isTrue();

		assertThat(run.status()).isEqualTo(WorkflowStatus.COMPLETED);
		assertThat(held.get().runsWithMessages(0, 10)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Delivery.class)
	void noBodyIsEnteredWhenATerminationHasReturned(Delivery delivery) throws InterruptedException {
		AtomicBoolean isEntered = new AtomicBoolean();
		StepDefinition step = StepDefinition.of("late", MethodSignature.of(String.class), RetryPolicy.none())
			.withDelivery(delivery);
		this.engine
			.workflow("late", String.class,
					(argument) -> this.engine.step(step, () -> "entered " + isEntered.getAndSet(true)))
			.with((builder) -> builder.observer(new HeldAttempts(this::awaitGate))
				.workInFlight(() -> this.work = new InFlight()))
			.start();
		this.engine.run("late", "l", "x");
		this.entered.await();

		this.engine.client().terminate("l");
		this.gate.countDown();
		assertThat(this.work.awaitQuiescence(Duration.ofSeconds(10))).isTrue();

		assertThat(isEntered).isFalse();
		assertThat(this.engine.client().handle("l").status()).isEqualTo(WorkflowStatus.TERMINATED);
	}

	private void terminateAndOpen() throws InterruptedException {
		this.engine.with((builder) -> builder.workInFlight(() -> this.work = new InFlight())).start();
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

	/**
	 * Holds each attempt of a step before its body is entered.
	 */
	private record HeldAttempts(Runnable hold) implements EngineObserver {

		@Override
		public RunObservation observe(ObservedRun run) {
			RunObservation none = RunObservation.NONE;
			return new RunObservation() {

				@Override
				public Scope enter() {
					return none.enter();
				}

				@Override
				public AttemptObservation attempt(String step, int attempt) {
					HeldAttempts.this.hold.run();
					return none.attempt(step, attempt);
				}

				@Override
				public void end(RunOutcome outcome, @Nullable String failure) {
					none.end(outcome, failure);
				}

			};
		}

		@Override
		public Map<String, String> traceContext() {
			return NONE.traceContext();
		}

		@Override
		public void begun(String workflow, Duration waited) {
		}

		@Override
		public void fired(Duration lag) {
		}

		@Override
		public void committed(int commits, int sizeBytes, long nanos) {
		}

	}

}
