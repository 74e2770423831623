package io.kraft.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.ThrowingRunnable;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Cancellation of runs, with waiting runs kept in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class CancelTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicReference<Store> store = new AtomicReference<>();

	private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch gate = new CountDownLatch(1);

	CancelTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked)).withStore((store) -> {
			this.store.set(store);
			return store;
		});
	}

	@AfterEach
	void close() {
		this.gate.countDown();
		this.engine.close();
	}

	@Test
	void aRunThatSleepsIsCancelledAndCleansUp() {
		this.engine.workflow("sleeper", String.class, (argument) -> {
			try {
				this.workflow.sleep(Duration.ofDays(1));
				return "slept";
			}
			finally {
				this.seen.add(this.workflow.nonCancellable(() -> step("clean")));
			}
		}).start();

		assertCancelledWhereItIsSuspended("sleeper");

		assertThat(this.seen).contains("clean");
		assertThat(positions()).contains("1 timer ", "2 step clean");
	}

	@Test
	void aRunThatWaitsForASignalIsCancelled() {
		this.engine
			.workflow("listener", String.class,
					(argument) -> this.workflow.awaitSignal("a", String.class, Duration.ofDays(1)).orElse("none"))
			.start();

		assertCancelledWhereItIsSuspended("listener");
	}

	@Test
	void aRunThatWaitsForACallbackIsCancelled() {
		this.engine.workflow("caller", String.class, (argument) -> this.workflow.callback(String.class).await())
			.start();

		assertCancelledWhereItIsSuspended("caller");
	}

	@Test
	void aRunThatWaitsLongForItsNextAttemptIsCancelled() {
		this.engine.workflow("retrier", String.class, (argument) -> flaky(Duration.ofHours(1))).start();

		assertCancelledWhereItIsSuspended("retrier");

		assertThat(this.seen).containsExactly("attempt");
	}

	@Test
	void aRunThatWaitsShortlyForItsNextAttemptIsCancelled() {
		this.engine.workflow("retrier", String.class, (argument) -> flaky(Duration.ofMillis(500))).start();
		WorkflowHandle<?> run = this.engine.run("retrier", "s", "x");
		await().until(() -> String.valueOf(run.describe().waitingFor()).contains("retry"));

		run.cancel();

		assertCancelled(run);
		assertThat(this.seen).containsExactly("attempt");
	}

	private String flaky(Duration delay) {
		StepDefinition flaky = StepDefinition.of("flaky", MethodSignature.of(String.class),
				RetryPolicy.defaults().withInitialDelay(delay));
		return this.engine.step(flaky, () -> {
			this.seen.add("attempt");
			throw new IOException("down");
		});
	}

	@Test
	void allBranchesOfARunAreCancelledAndCleanUp() {
		this.engine.workflow("fan-out", String.class, (argument) -> {
			List<Callable<String>> members = List.of(() -> guarded("a", () -> this.workflow.sleep(Duration.ofDays(1))),
					() -> guarded("b", () -> this.workflow.awaitSignal("never", String.class)));
			return this.workflow.parallel(members).toString();
		}).start();

		assertCancelledWhereItIsSuspended("fan-out");

		assertThat(this.seen).contains("clean a", "clean b");
	}

	private String guarded(String name, ThrowingRunnable code) throws Exception {
		try {
			code.run();
			return name;
		}
		finally {
			this.workflow.nonCancellable(() -> this.seen.add(step("clean " + name)));
		}
	}

	@Test
	void aStepIsNotInterruptedAndTheNextDurableCallThrows() {
		this.engine.workflow("worker", String.class, (argument) -> gatedStep() + step("after")).start();
		WorkflowHandle<?> run = this.engine.run("worker", "s", "x");
		await().until(() -> this.seen.contains("working"));

		run.cancel();
		run.cancel();
		this.gate.countDown();

		assertCancelled(run);
		assertThat(this.seen).containsExactly("working", "worked");
		assertThat(this.engine.client().operations("s").get(1).outcome()).contains("\"work\"");
	}

	@Test
	void aRunThatWaitsForItsTurnIsCancelledBeforeItsCodeIsEntered() {
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(1))
			.workflow("worker", String.class, (argument) -> gatedStep())
			.workflow("waiter", String.class, (argument) -> {
				this.seen.add("entered");
				return "done";
			})
			.start();
		WorkflowHandle<?> worker = this.engine.run("worker", "w", "x");
		await().until(() -> worker.status() == WorkflowStatus.RUNNING);
		WorkflowHandle<?> run = this.engine.run("waiter", "s", "x");
		assertThat(run.status()).isEqualTo(WorkflowStatus.PENDING);

		run.cancel();
		this.gate.countDown();

		assertCancelled(run);
		assertThat(worker.result()).isEqualTo("work");
		assertThat(this.seen).doesNotContain("entered");
	}

	@Test
	void aPausedRunStaysPausedAndIsCancelledWhenItGoesOn() {
		this.engine.workflow("sleeper", String.class, (argument) -> sleep()).start();
		WorkflowHandle<?> run = this.engine.run("sleeper", "s", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.crash().withoutWorkflow("sleeper").start();
		this.engine.time().advance(Duration.ofDays(1));
		await().until(() -> this.engine.client().handle("s").status() == WorkflowStatus.PAUSED);

		this.engine.client().cancel("s");

		assertThat(this.engine.client().handle("s").status()).isEqualTo(WorkflowStatus.PAUSED);
		this.engine.crash().workflow("sleeper", String.class, (argument) -> sleep()).start();
		assertCancelled(this.engine.client().handle("s"));
	}

	@Test
	void anEndedRunStaysAsItIsAndAnUnknownOneIsAnError() {
		this.engine.workflow("quick", String.class, (argument) -> "done").start();
		WorkflowHandle<?> run = this.engine.run("quick", "s", "x");
		run.result();

		run.cancel();

		assertThat(run.status()).isEqualTo(WorkflowStatus.COMPLETED);
		assertThat(this.store.get().messages(1, 0)).isEmpty();
		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> this.engine.client().cancel("unknown"));
	}

	@Test
	void codeThatCatchesItsCancellationMayComplete() {
		this.engine.workflow("stubborn", String.class, (argument) -> {
			try {
				return sleep();
			}
			catch (WorkflowCancelledException ex) {
				return "went on";
			}
		}).start();
		WorkflowHandle<?> run = this.engine.run("stubborn", "s", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		run.cancel();

		assertThat(run.result()).isEqualTo("went on");
		assertThat(run.status()).isEqualTo(WorkflowStatus.COMPLETED);
	}

	@Test
	void everyFurtherDurableCallThrowsAgain() {
		this.engine.workflow("stubborn", int.class, (argument) -> {
			List<ThrowingRunnable> calls = List.of(this::sleep, () -> step("a"), this.workflow::now,
					this.workflow::randomUuid, () -> this.workflow.sideEffect("b", () -> this.seen.add("entered")),
					() -> this.workflow.state().set("c", "d"), () -> this.workflow.awaitSignal("e", String.class),
					() -> this.workflow.async(() -> this.seen.add("entered")),
					() -> this.workflow.callback(String.class), () -> this.workflow.publish("f", "g"),
					() -> this.workflow.signal("s", "h", "i"),
					() -> this.workflow.parallel(List.of(() -> this.seen.add("entered"))));
			int thrown = 0;
			for (ThrowingRunnable call : calls) {
				try {
					call.run();
				}
				catch (WorkflowCancelledException ex) {
					thrown++;
				}
			}
			return thrown;
		}).start();
		WorkflowHandle<?> run = this.engine.run("stubborn", "s", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		run.cancel();

		assertThat(run.result()).isEqualTo(12);
		assertThat(this.seen).isEmpty();
		assertThat(positions()).hasSize(3);
	}

	@Test
	void aCancellationSurvivesACrashBeforeTheCodeHasNoticedIt() {
		this.engine.workflow("worker", String.class, (argument) -> step("first") + gatedStep()).start();
		WorkflowHandle<?> run = this.engine.run("worker", "s", "x");
		await().until(() -> this.seen.contains("working"));
		run.cancel();

		this.engine.crashAndStart();

		assertCancelled(this.engine.client().handle("s"));
		assertThat(this.seen).containsOnlyOnce("working");
	}

	@Test
	void theCleaningUpGoesOnAfterACrash() {
		this.engine.workflow("cleaner", String.class, (argument) -> {
			try {
				return sleep();
			}
			finally {
				this.workflow.nonCancellable(() -> {
					this.workflow.sleep(Duration.ofHours(1));
					this.seen.add(step("cleaned"));
				});
			}
		}).start();
		WorkflowHandle<?> run = this.engine.run("cleaner", "s", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		run.cancel();
		await().until(() -> positions().contains("2 timer "));
		this.engine.crashAndStart();
		this.engine.time().advance(Duration.ofHours(1));
		await().until(() -> {
			// A timer that is due when it is set fires with the next move of the clock.
			this.engine.time().advance(Duration.ZERO);
			return this.engine.client().handle("s").status() == WorkflowStatus.CANCELLED;
		});

		assertCancelled(this.engine.client().handle("s"));
		assertThat(this.seen).contains("cleaned");
	}

	@Test
	void aDirectCallerGetsTheCancellationToo() {
		WorkflowDefinition sleeper = WorkflowDefinition.of("sleeper", MethodSignature.of(String.class),
				(arguments) -> sleep());
		this.engine.workflow(sleeper).start();
		CompletableFuture<Throwable> thrown = new CompletableFuture<>();
		Thread.ofVirtual().start(() -> {
			try {
				this.engine.engine().calls().workflow(sleeper, new Object[0], () -> "unused");
			}
			catch (Throwable ex) {
				thrown.complete(ex);
			}
		});
		await().until(() -> this.engine.client()
			.list(WorkflowQuery.all().status(WorkflowStatus.SUSPENDED))
			.items()
			.size() == 1);

		this.engine.client().cancel(this.engine.client().list(WorkflowQuery.all()).items().getFirst().id());

		assertThat(thrown.join()).isInstanceOf(WorkflowCancelledException.class);
	}

	private String sleep() {
		this.workflow.sleep(Duration.ofDays(1));
		return "slept";
	}

	private String step(String name) {
		return this.engine.step(name, String.class, () -> name);
	}

	private String gatedStep() {
		return this.engine.step("work", String.class, () -> {
			this.seen.add("working");
			this.gate.await();
			this.seen.add("worked");
			return "work";
		});
	}

	private void assertCancelledWhereItIsSuspended(String name) {
		WorkflowHandle<?> run = this.engine.run(name, "s", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		run.cancel();

		assertCancelled(run);
	}

	private void assertCancelled(WorkflowHandle<?> run) {
		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(() -> run.result(Duration.ofSeconds(20)))
			.withMessageStartingWith("KRAFT-2006");
		assertThat(run.status()).isEqualTo(WorkflowStatus.CANCELLED);
		assertThat(run.describe().failure()).satisfies((failure) -> assertThat(failure).contains("KRAFT-2006"));
		assertThat(run.describe().finishedAt()).isNotNull();
		assertThat(this.store.get().timers(null, 10)).isEmpty();
		assertThat(this.store.get().messages(1, 0)).isEmpty();
	}

	private List<String> positions() {
		return this.engine.client()
			.operations("s")
			.stream()
			.map((view) -> view.position() + " " + view.kind() + " " + view.name())
			.toList();
	}

}
