package io.kraft.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.PayloadTooLargeException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.TypeRef;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What the attempts of a step tell of their progress, with waiting runs kept in memory
 * and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class HeartbeatTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicReference<SlowStore> store = new AtomicReference<>();

	private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch gate = new CountDownLatch(1);

	private final AtomicBoolean broken = new AtomicBoolean(true);

	HeartbeatTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked).maxPayloadBytes(1000))
			.withStoreOf("i", (store) -> {
				this.store.set(new SlowStore(store));
				return this.store.get();
			});
	}

	@AfterEach
	void close() {
		this.gate.countDown();
		this.store.get().open();
		this.engine.close();
	}

	@Test
	void theNextAttemptReadsTheLastProgressOfTheOneThatFailed() {
		this.engine.workflow("import", String.class, (argument) -> {
			StepDefinition step = step("import",
					RetryPolicy.defaults().withInitialDelay(Duration.ofSeconds(argument.length())));
			return this.engine.step(step, () -> {
				StepContext context = StepContext.current();
				int done = context.lastHeartbeat(Integer.class).orElse(0);
				this.seen.add(context.attempt() + ": " + done);
				context.heartbeat(done + 1);
				context.heartbeat(done + 10);
				if (context.attempt() < 4) {
					throw new IOException("down");
				}
				return "done";
			});
		}).start();

		// Waits of a second are in memory, longer ones on the disk.
		assertThat(this.engine.finish(this.engine.run("import", "brief", "x"))).isEqualTo("done");
		assertThat(this.engine.finish(this.engine.run("import", "long", "xxxx"))).isEqualTo("done");

		assertThat(this.seen).containsExactly("1: 0", "2: 10", "3: 20", "4: 30", "1: 0", "2: 10", "3: 20", "4: 30");
	}

	@Test
	void theNextAttemptReadsTheProgressOfTheOneThatTimedOutWhichAHeartbeatDoesNotDelay() {
		StepDefinition step = step("import", RetryPolicy.defaults().withInitialDelay(Duration.ZERO))
			.withTimeout(Duration.ofSeconds(5));
		this.engine.workflow("import", String.class, (argument) -> this.engine.step(step, () -> {
			StepContext context = StepContext.current();
			this.seen.add(context.attempt() + ": " + context.lastHeartbeat(String.class));
			if (context.attempt() == 1) {
				context.heartbeat("half");
				this.engine.time().advance(Duration.ofSeconds(4));
				context.heartbeat("nearly all");
				this.engine.time().advance(Duration.ofSeconds(1));
				this.gate.await();
			}
			return "done";
		})).start();

		assertThat(this.engine.run("import", "i", "x").result()).isEqualTo("done");

		assertThat(this.seen).containsExactly("1: Optional.empty", "2: Optional[nearly all]");
	}

	@Test
	void afterACrashTheStepReadsWhatWasDurable() {
		this.engine.workflow("import", String.class, (argument) -> this.engine.step("import", String.class, () -> {
			StepContext context = StepContext.current();
			Optional<List<Page>> last = context.lastHeartbeat(new TypeRef<List<Page>>() {
			});
			this.seen.add(context.attempt() + ": " + last);
			if (last.isEmpty()) {
				context.heartbeat(List.of(new Page(1), new Page(2)));
				this.gate.await();
			}
			return "done";
		})).start();
		this.engine.run("import", "i", "x");
		await().until(() -> progress("i", "1\nimport") != null);

		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("i"))).isEqualTo("done");
		assertThat(this.seen).containsExactly("1: Optional.empty", "1: Optional[[Page[number=1], Page[number=2]]]");
		assertThat(progress("i", "1\nimport")).as("the step has ended").isNull();
	}

	@Test
	void whoTellsDoesNotWaitForTheDiskAndTheLatestWins() throws Exception {
		CountDownLatch told = new CountDownLatch(1);
		this.engine.workflow("import", String.class, (argument) -> this.engine.step("import", String.class, () -> {
			this.store.get().shut();
			IntStream.rangeClosed(1, 10_000).forEach(StepContext.current()::heartbeat);
			told.countDown();
			this.gate.await();
			return "done";
		})).start();
		this.engine.run("import", "i", "x");

		told.await();
		this.store.get().open();

		await().untilAsserted(() -> assertThat(progress("i", "1\nimport")).isEqualTo(json("10000")));
		assertThat(this.store.get().told).as("one that was being written, one that waited")
			.hasValueLessThanOrEqualTo(2);
	}

	@Test
	void progressIsNoEntryOfTheJournalAndNoPublishedValue() {
		this.engine.workflow("import", String.class, (argument) -> {
			this.workflow.publish("shown", "yes");
			return this.engine.step("import", String.class, () -> {
				IntStream.rangeClosed(1, 100).forEach(StepContext.current()::heartbeat);
				this.gate.await();
				return "done";
			});
		}).start();
		WorkflowHandle<?> run = this.engine.run("import", "i", "x");
		await().untilAsserted(() -> assertThat(progress("i", "2\nimport")).isEqualTo(json("100")));

		assertThat(run.published("2\nimport", Object.class)).isEmpty();
		assertThat(run.published("shown", String.class)).contains("yes");
		assertThat(this.engine.client().operations("i")).hasSize(2);
	}

	@Test
	void anAttemptReadsItsOwnProgressToo() {
		this.engine.workflow("import", String.class, (argument) -> this.engine.step("import", String.class, () -> {
			StepContext context = StepContext.current();
			context.heartbeat("half");
			this.seen.add(context.lastHeartbeat(String.class).toString());
			context.heartbeat(null);
			this.seen.add(context.lastHeartbeat(String.class).toString());
			return "done";
		})).start();

		this.engine.finish(this.engine.run("import", "i", "x"));

		assertThat(this.seen).containsExactly("Optional[half]", "Optional.empty");
	}

	@Test
	void progressThatIsTooLargeOrCannotBeWrittenOrReadFailsTheStepWithoutRetries() {
		this.engine.workflow("import", String.class, (argument) -> this.engine.step("import", String.class, () -> {
			this.seen.add(argument);
			StepContext context = StepContext.current();
			context.heartbeat(switch (argument) {
				case "large" -> "x".repeat(1001);
				case "unwritable" -> new NoProperties();
				default -> "text";
			});
			return String.valueOf(context.lastHeartbeat(Page.class));
		})).start();

		assertFails("large", PayloadTooLargeException.class);
		assertFails("unwritable", PayloadSerializationException.class);
		assertFails("unreadable", PayloadSerializationException.class);
		assertThat(this.seen).containsExactly("large", "unwritable", "unreadable");
	}

	private void assertFails(String argument, Class<? extends Throwable> cause) {
		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> this.engine.finish(this.engine.run("import", argument, argument)))
			.withCauseInstanceOf(cause)
			.withMessageContaining("the heartbeat of step 'import'");
	}

	@Test
	void aStepMayCatchThatItsProgressCannotBeTold() {
		this.engine.workflow("import", String.class, (argument) -> this.engine.step("import", String.class, () -> {
			StepContext.current().heartbeat("kept");
			try {
				StepContext.current().heartbeat("x".repeat(1001));
			}
			catch (PayloadTooLargeException ex) {
				return StepContext.current().lastHeartbeat(String.class).orElse("lost");
			}
			return "not refused";
		})).start();

		assertThat(this.engine.finish(this.engine.run("import", "i", "x"))).isEqualTo("kept");
	}

	@Test
	void anotherThreadMayTellWhileTheAttemptRuns() {
		this.engine.workflow("import", String.class, (argument) -> this.engine.step("import", String.class, () -> {
			StepContext context = StepContext.current();
			if (context.attempt() == 1) {
				CompletableFuture.runAsync(() -> context.heartbeat("by another thread")).join();
				throw new IOException("down");
			}
			return CompletableFuture.supplyAsync(() -> context.lastHeartbeat(String.class).orElse("lost")).join();
		})).start();

		assertThat(this.engine.finish(this.engine.run("import", "i", "x"))).isEqualTo("by another thread");
	}

	@Test
	void whatAnAttemptTellsAfterItsEndHasNoEffect() {
		AtomicReference<StepContext> abandoned = new AtomicReference<>();
		this.engine.workflow("import", String.class, (argument) -> {
			String result = this.engine.step("import", String.class, () -> {
				StepContext context = StepContext.current();
				if (context.attempt() == 1) {
					abandoned.set(context);
					context.heartbeat("by the first");
					throw new IOException("down");
				}
				context.heartbeat("by the second");
				abandoned.get().heartbeat("late");
				return context.lastHeartbeat(String.class).orElse("lost");
			});
			abandoned.get().heartbeat("later");
			this.workflow.sleep(Duration.ofHours(1));
			return result;
		}).start();
		WorkflowHandle<?> run = this.engine.run("import", "i", "x");

		assertThat(this.engine.finish(run)).isEqualTo("by the second");
		long number = number("i");
		abandoned.get().heartbeat("after the end of the run");
		this.engine.client().delete("i");
		abandoned.get().heartbeat("after the run was deleted");
		this.engine.finish(this.engine.run("import", "another", "x"));
		assertThat(this.store.get().progress(number, "1\nimport")).isNull();
	}

	@Test
	void aStepThatWasTerminatedTellsNothingMore() {
		AtomicReference<StepContext> abandoned = new AtomicReference<>();
		this.engine.workflow("import", String.class, (argument) -> this.engine.step("import", String.class, () -> {
			abandoned.set(StepContext.current());
			StepContext.current().heartbeat("before");
			while (this.gate.getCount() > 0) {
				Thread.onSpinWait();
			}
			return "done";
		})).start();
		this.engine.run("import", "i", "x");
		await().until(() -> progress("i", "1\nimport") != null);

		this.engine.client().terminate("i");
		abandoned.get().heartbeat("after");
		this.gate.countDown();
		this.engine.client().delete("i");

		assertThat(this.store.get().told).hasValue(1);
	}

	@Test
	void theStepsOfBranchesTellOnTheirOwn() {
		this.engine
			.workflow("import", String.class,
					(argument) -> String.join(",",
							this.workflow.<String>parallel(List.of(() -> flaky("a"), () -> flaky("b")))))
			.start();

		assertThat(this.engine.finish(this.engine.run("import", "i", "x"))).isEqualTo("a of a,b of b");
	}

	private String flaky(String name) {
		return this.engine.step("import", String.class, () -> {
			StepContext context = StepContext.current();
			if (context.attempt() == 1) {
				context.heartbeat("of " + name);
				throw new IOException("down");
			}
			return name + " " + context.lastHeartbeat(String.class).orElse("lost");
		});
	}

	@Test
	void aCompensationTellsItsProgressToo() {
		StepDefinition undo = StepDefinition.of("undo", MethodSignature.of(void.class),
				RetryPolicy.defaults().withInitialDelay(Duration.ofHours(1)));
		StepDefinition step = step("import", RetryPolicy.defaults())
			.withCompensation(new Compensation(undo, (arguments, result) -> new Object[0], (arguments) -> {
				StepContext context = StepContext.current();
				this.seen.add(context.attempt() + ": " + context.lastHeartbeat(String.class));
				context.heartbeat("half undone");
				if (context.attempt() == 1) {
					throw new IOException("down");
				}
				return null;
			}));
		this.engine.workflow("saga", String.class, (argument) -> {
			this.engine.step(step, () -> "done");
			throw new IllegalStateException("over");
		}).start();

		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> this.engine.finish(this.engine.run("saga", "s", "x")));

		assertThat(this.seen).containsExactly("1: Optional.empty", "2: Optional[half undone]");
	}

	@Test
	void aStepThatIsRetriedByAnOperatorGoesOnFromItsProgress() {
		failing();
		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> this.engine.finish(this.engine.run("import", "i", "x")));
		this.engine.crashAndStart();

		this.broken.set(false);

		assertThat(this.engine.finish(this.engine.client().retry("i"))).isEqualTo("went on from Optional[half]");
		assertThat(progress("i", "2\nimport")).isNull();
	}

	@Test
	void aRunThatIsRestartedBeginsItsStepsAnew() {
		failing();
		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> this.engine.finish(this.engine.run("import", "i", "x")));

		this.broken.set(false);

		assertThat(this.engine.finish(this.engine.client().restartFrom("i", "2")))
			.isEqualTo("went on from Optional.empty");
		assertThat(this.engine.finish(this.engine.client().restart("i"))).isEqualTo("went on from Optional.empty");
		assertThat(progress("i", "2\nimport")).as("of the run that failed").isEqualTo(json("\"half\""));
	}

	private void failing() {
		StepDefinition step = step("import", RetryPolicy.none());
		this.engine.workflow("import", String.class, (argument) -> {
			this.engine.step("first", String.class, () -> "done");
			return this.engine.step(step, () -> {
				StepContext context = StepContext.current();
				Optional<String> last = context.lastHeartbeat(String.class);
				context.heartbeat("half");
				if (this.broken.get()) {
					throw new IOException("down");
				}
				return "went on from " + last;
			});
		}).start();
	}

	@Test
	void aRunThatContinuesAsNewLeavesTheProgressOfItsStepsBehind() {
		StepDefinition step = step("import", RetryPolicy.none());
		this.engine.workflow("import", String.class, (argument) -> {
			try {
				this.engine.step(step, () -> {
					this.seen.add(StepContext.current().lastHeartbeat(String.class).toString());
					StepContext.current().heartbeat("of " + argument);
					throw new IOException("down");
				});
			}
			catch (Exception ex) {
				// It keeps its progress.
			}
			this.workflow.sleep(Duration.ofHours(1));
			return (argument.length() < 3) ? this.workflow.continueAsNew(argument + "x") : "done";
		}).start();

		assertThat(this.engine.finish(this.engine.run("import", "i", "x"))).isEqualTo("done");

		assertThat(this.seen).containsExactly("Optional.empty", "Optional.empty", "Optional.empty");
		assertThat(progress("i", "1\nimport")).isNull();
		assertThat(progress("i", "1:1\nimport")).isNull();
		assertThat(progress("i", "2:1\nimport")).isEqualTo(json("\"of xxx\""));
	}

	@Test
	void anotherStepAtTheSamePositionDoesNotReadIt() {
		this.engine.workflow("import", String.class, (argument) -> this.engine.step("old", String.class, () -> {
			StepContext.current().heartbeat("half");
			this.gate.await();
			return "done";
		})).start();
		this.engine.run("import", "i", "x");
		await().until(() -> progress("i", "1\nold") != null);

		this.engine.crash();
		this.engine.workflow("import", String.class, (argument) -> this.engine.step("new", String.class,
				() -> StepContext.current().lastHeartbeat(Page.class).toString()));
		this.engine.start();

		assertThat(this.engine.finish(this.engine.client().handle("i"))).isEqualTo("Optional.empty");
	}

	@Test
	void progressGoesWithTheRunWhenItsRetentionIsOver() {
		this.engine.with((builder) -> builder.retention(Duration.ofHours(1)));
		failing();
		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> this.engine.run("import", "i", "x").result());
		long number = number("i");
		assertThat(this.store.get().progress(number, "2\nimport")).isNotNull();

		await().until(() -> {
			this.engine.time().advance(Duration.ofMinutes(10));
			return this.engine.client().find("i").isEmpty();
		});

		assertThat(this.store.get().progress(number, "2\nimport")).isNull();
	}

	@Test
	void aStepThatWaitsForADelayedStartTellsAsAnyOther() {
		this.engine.workflow("import", String.class, (argument) -> flaky("a")).start();

		WorkflowHandle<?> run = this.engine.client()
			.start("import", StartOptions.defaults().id("i").delay(Duration.ofHours(1)), "x");

		assertThat(run.status()).isEqualTo(WorkflowStatus.SCHEDULED);
		assertThat(this.engine.finish(run)).isEqualTo("a of a");
	}

	private @Nullable Payload progress(String id, String step) {
		return this.store.get().progress(number(id), step);
	}

	private long number(String id) {
		return this.store.get().run(id).orElseThrow().number();
	}

	private static StepDefinition step(String name, RetryPolicy retry) {
		return StepDefinition.of(name, MethodSignature.of(String.class), retry);
	}

	private static Payload json(String text) {
		return Payload.json(text.getBytes(StandardCharsets.UTF_8));
	}

	record Page(int number) {
	}

	static final class NoProperties {

	}

	/**
	 * A store whose writes of progress wait while it is shut, and are counted.
	 */
	private static final class SlowStore extends ForwardingStore {

		private final AtomicInteger told = new AtomicInteger();

		private volatile CountDownLatch shut = new CountDownLatch(0);

		SlowStore(Store store) {
			super(store);
		}

		void shut() {
			this.shut = new CountDownLatch(1);
		}

		void open() {
			this.shut.countDown();
		}

		@Override
		public void commit(long epoch, List<Change> changes) {
			try {
				this.shut.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			changes.stream()
				.filter(Change.ProgressReported.class::isInstance)
				.forEach((change) -> this.told.incrementAndGet());
			super.commit(epoch, changes);
		}

	}

}
