package io.kraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowQuery;
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
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.HoldingStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * What an operator does to runs, with waiting runs kept in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class OperatorTests {

	private static final StepDefinition ONE_ATTEMPT = StepDefinition.of("fragile", MethodSignature.of(String.class),
			RetryPolicy.none());

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicInteger first = new AtomicInteger();

	private final AtomicBoolean broken = new AtomicBoolean(true);

	OperatorTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aPausedRunStaysPausedAcrossRestartsUntilItIsResumed() {
		this.engine.workflow("sleeper", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofHours(1));
			return "slept";
		}).start();
		WorkflowHandle<?> run = this.engine.run("sleeper", "s", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		this.engine.client().pause("s");
		await().until(() -> run.status() == WorkflowStatus.PAUSED);
		this.engine.crashAndStart();
		this.engine.time().advance(Duration.ofHours(2));

		await().during(Duration.ofMillis(200)).until(() -> status("s") == WorkflowStatus.PAUSED);
		assertThat(this.engine.client().handle("s").describe().reason())
			.satisfies((reason) -> assertThat(reason).contains("paused on request"));
		this.engine.client().resume("s");
		assertThat(this.engine.finish(this.engine.client().handle("s"))).isEqualTo("slept");
	}

	@Test
	void aRetryOfAPausedRunIsRefusedAndNamesWhatLetsItGoOn() {
		this.engine.workflow("sleeper", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofHours(1));
			return "slept";
		}).start();
		WorkflowHandle<?> run = this.engine.run("sleeper", "s", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.client().retry("s");
		assertThat(run.status()).isEqualTo(WorkflowStatus.SUSPENDED);
		this.engine.client().pause("s");
		await().until(() -> run.status() == WorkflowStatus.PAUSED);

		assertThatExceptionOfType(WorkflowNotEndedException.class).isThrownBy(() -> this.engine.client().retry("s"))
			.withMessageStartingWith("KRAFT-3008")
			.withMessageContainingAll("'s'", "PAUSED", "paused on request", "resume(\"s\")", "failRun(\"s\", reason)")
			.satisfies((refused) -> assertThat(refused.status()).isEqualTo(WorkflowStatus.PAUSED))
			.satisfies((refused) -> assertThat(refused.runId()).isEqualTo("s"));

		this.engine.client().resume("s");
		assertThat(this.engine.finish(this.engine.client().retry("s"))).isEqualTo("slept");
	}

	@Test
	void aFailedRunGoesOnFromTheStepThatFailed() {
		fragile();
		WorkflowHandle<?> run = this.engine.run("fragile", "f", "x");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);

		this.broken.set(false);
		WorkflowHandle<?> retried = this.engine.client().retry("f");

		assertThat(this.engine.finish(retried)).isEqualTo("first, mended");
		assertThat(this.first).hasValue(1);
		this.engine.crashAndStart();
		assertThat(this.engine.client().handle("f").result()).isEqualTo("first, mended");
		assertThatExceptionOfType(WorkflowEndedException.class).isThrownBy(() -> this.engine.client().retry("f"));
	}

	@Test
	void whoWaitsForARunThatIsRetriedBeforeItHasLeftGetsItsNextResult() throws InterruptedException {
		HeldEnds held = new HeldEnds(new CountDownLatch(1), new CountDownLatch(1));
		this.engine.with((builder) -> builder.observer(held));
		fragile();
		WorkflowHandle<?> run = this.engine.run("fragile", "f", "x");
		held.reached().await();

		this.broken.set(false);
		CompletableFuture<?> result = this.engine.client().retry("f").resultAsync();
		held.go().countDown();

		assertThat(this.engine.finish(run)).isEqualTo("first, mended");
		assertThat(result).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("first, mended");
	}

	@Test
	void aFailedFanOutGoesOnWithTheBranchThatFailed() {
		this.engine.workflow("fan-out", String.class,
				(argument) -> String.join(",",
						this.workflow.<String>parallel(List.of(
								() -> this.engine.step("a", String.class, () -> "a" + this.first.incrementAndGet()),
								() -> this.engine.step(ONE_ATTEMPT, this::fragileBody)))))
			.start();
		WorkflowHandle<?> run = this.engine.run("fan-out", "f", "x");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);

		this.broken.set(false);

		assertThat(this.engine.finish(this.engine.client().retry("f"))).isEqualTo("a1,mended");
	}

	@Test
	void aRestartedRunIsANewOneWithTheSameInput() {
		fragile();
		WorkflowHandle<?> run = this.engine.run("fragile", "f", "x");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);
		this.broken.set(false);

		WorkflowHandle<?> again = this.engine.client().restart("f");
		WorkflowHandle<?> thirdTime = this.engine.client().restart(again.id());

		assertThat(again.id()).isEqualTo("f~2");
		assertThat(thirdTime.id()).isEqualTo("f~3");
		assertThat(this.engine.finish(again)).isEqualTo("first, mended");
		assertThat(this.engine.finish(thirdTime)).isEqualTo("first, mended");
		assertThat(this.first).hasValue(3);
		assertThat(run.status()).isEqualTo(WorkflowStatus.FAILED);
	}

	@Test
	void aRunRestartedFromAPositionKeepsWhatIsBeforeIt() {
		fragile();
		WorkflowHandle<?> run = this.engine.run("fragile", "f", "x");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);
		this.broken.set(false);

		WorkflowHandle<?> again = this.engine.client().restartFrom("f", "2");

		assertThat(this.engine.finish(again)).isEqualTo("first, mended");
		assertThat(this.first).hasValue(1);
	}

	@Test
	void aRunThatIsDeletedJustAsItIsToBeRestartedIsUnknown() {
		AtomicBoolean deletes = new AtomicBoolean();
		this.engine.withStore((store) -> new ForwardingStore(store) {

			@Override
			public Optional<RunRow> run(String id) {
				Optional<RunRow> row = super.run(id);
				if (deletes.getAndSet(false)) {
					OperatorTests.this.engine.client().delete(id);
				}
				return row;
			}

		});
		fragile();
		WorkflowClient client = this.engine.client();
		for (ThrowingCallable restart : List.<ThrowingCallable>of(() -> client.restart("f"),
				() -> client.restartFrom("f", "2"))) {
			WorkflowHandle<?> run = this.engine.run("fragile", "f", "x");
			assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);
			deletes.set(true);

			assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(restart);

			assertThat(client.list(WorkflowQuery.all()).items()).isEmpty();
		}
	}

	@Test
	void aRunThatIsRetriedJustAsItExpiresIsNotSwept() throws InterruptedException {
		AtomicReference<HoldingStore> held = new AtomicReference<>();
		this.engine.with((builder) -> builder.retention(Duration.ofHours(1))).withStoreOf("f", (store) -> {
			held.set(new HoldingStore(store, (change) -> change instanceof Change.RunChanged changed
					&& changed.before() != null && changed.before().status() == WorkflowStatus.FAILED));
			return held.get();
		}).workflow("fragile", String.class, (argument) -> {
			this.engine.step(ONE_ATTEMPT, this::fragileBody);
			return this.workflow.awaitSignal("go on", String.class);
		}).start();
		WorkflowHandle<?> run = this.engine.run("fragile", "f", "x");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);
		this.broken.set(false);
		Thread retrying = Thread.ofPlatform().start(() -> this.engine.client().retry("f"));
		held.get().awaitReached();
		this.engine.time().advance(Duration.ofHours(2));
		held.get().release();
		retrying.join();
		this.engine.client().signal("f", "go on", "revived");

		assertThat(run.result()).isEqualTo("revived");
	}

	@Test
	void onlyARunThatHasEndedIsDeleted() {
		this.engine.workflow("echo", String.class, (argument) -> argument)
			.workflow("sleeper", String.class, (argument) -> {
				this.workflow.sleep(Duration.ofHours(1));
				return "slept";
			})
			.start();
		this.engine.run("echo", "e", "x").result();
		this.engine.run("sleeper", "s", "x");

		this.engine.client().delete("e");

		assertThat(this.engine.client().find("e")).isEmpty();
		assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(() -> this.engine.client().delete("e"));
		assertThatExceptionOfType(WorkflowNotEndedException.class).isThrownBy(() -> this.engine.client().delete("s"))
			.withMessageStartingWith("KRAFT-3008");
	}

	@Test
	void aRunThatIsRetriedJustAsItIsDeletedIsNotLost() throws InterruptedException {
		AtomicReference<HoldingStore> held = new AtomicReference<>();
		this.engine.withStoreOf("f", (store) -> {
			held.set(new HoldingStore(store, (change) -> change instanceof Change.RunChanged changed
					&& changed.before() != null && changed.after().status() == WorkflowStatus.PENDING));
			return held.get();
		}).workflow("fragile", String.class, (argument) -> {
			this.engine.step(ONE_ATTEMPT, this::fragileBody);
			return this.workflow.awaitSignal("go on", String.class);
		}).start();
		WorkflowHandle<?> run = this.engine.run("fragile", "f", "x");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);
		this.broken.set(false);

		Thread retrying = Thread.ofPlatform().start(() -> this.engine.client().retry("f"));
		held.get().awaitReached();
		CompletableFuture<Boolean> deleted = new CompletableFuture<>();
		Thread deleting = Thread.ofPlatform()
			.start(() -> deleted.complete(catchThrowable(() -> this.engine.client().delete("f")) == null));
		await().until(() -> deleting.getState() == Thread.State.WAITING || !deleting.isAlive());
		held.get().release();
		retrying.join();

		assertThat(deleted).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(false);
		this.engine.client().signal("f", "go on", "revived");
		assertThat(this.engine.client().handle("f").result()).isEqualTo("revived");
	}

	@Test
	void aRunWhosePauseIsAcknowledgedEntersNoStepAlsoWhereItWasJustResumed() throws InterruptedException {
		AtomicReference<HoldingStore> resume = new AtomicReference<>();
		AtomicReference<HoldingStore> pause = new AtomicReference<>();
		this.engine.withStoreOf("o", (store) -> {
			resume.set(new HoldingStore(store, Change.MessageTaken.class::isInstance, true));
			pause.set(new HoldingStore(resume.get(), (change) -> change instanceof Change.MessageAdded added
					&& added.message().kind() == Message.Kind.PAUSE && this.first.get() > 0));
			return pause.get();
		}).workflow("order", String.class, (argument) -> {
			this.workflow.awaitSignal("go on", String.class);
			return this.engine.step("last", String.class, () -> {
				this.first.incrementAndGet();
				return "entered";
			});
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "o", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.client().pause("o");
		await().until(() -> run.status() == WorkflowStatus.PAUSED);
		this.engine.client().signal("o", "go on", "now");
		this.first.set(1);

		Thread resuming = Thread.ofPlatform().start(() -> this.engine.client().resume("o"));
		resume.get().awaitReached();
		Thread pausing = Thread.ofPlatform().start(() -> this.engine.client().pause("o"));
		await().until(() -> this.engine.engine().health().queuedCommits() > 0);
		resume.get().release();
		pause.get().awaitReached();
		resuming.join();
		pause.get().release();
		pausing.join();
		await().until(() -> run.status() == WorkflowStatus.PAUSED);

		assertThat(this.first).as("entered after its pause was acknowledged").hasValue(1);
		this.engine.client().resume("o");
		assertThat(run.result()).isEqualTo("entered");
	}

	private void fragile() {
		this.engine.workflow("fragile", String.class, (argument) -> {
			String before = this.engine.step("first", String.class, () -> {
				this.first.incrementAndGet();
				return "first";
			});
			return before + ", " + this.engine.step(ONE_ATTEMPT, this::fragileBody);
		}).start();
	}

	private String fragileBody() {
		if (this.broken.get()) {
			throw new IllegalStateException("broken");
		}
		return "mended";
	}

	private WorkflowStatus status(String id) {
		return this.engine.client().handle(id).status();
	}

	/**
	 * Holds runs whose end is durable in memory.
	 */
	private record HeldEnds(CountDownLatch reached, CountDownLatch go) implements EngineObserver {

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
					return none.attempt(step, attempt);
				}

				@Override
				public void end(RunOutcome outcome, @Nullable String failure) {
					HeldEnds.this.reached.countDown();
					try {
						HeldEnds.this.go.await();
					}
					catch (InterruptedException ex) {
						throw new IllegalStateException(ex);
					}
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
