package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.HoldingStore;
import io.kraft.engine.testing.SamePartition;
import io.kraft.engine.testing.TestEngine;
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
 * When a run may begin: delays, priorities and limits, with waiting runs kept in memory
 * and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class AdmissionTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<String> order = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch open = new CountDownLatch(1);

	/** Runs that are held end one by one. */
	private final Semaphore turns = new Semaphore(0);

	private final AtomicReference<HoldingStore> holding = new AtomicReference<>();

	AdmissionTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		HoldingStore held = this.holding.get();
		if (held != null) {
			held.release();
		}
		this.engine.close();
	}

	@Test
	void aDelayedRunIsScheduledUntilItsTimeHasComeAlsoAcrossARestart() {
		this.engine.workflow("echo", String.class, (argument) -> argument).start();
		WorkflowHandle<?> run = this.engine.client()
			.start("echo", StartOptions.defaults().id(here("e")).delay(Duration.ofHours(2)), "x");
		assertThat(run.status()).isEqualTo(WorkflowStatus.SCHEDULED);
		this.engine.crashAndStart();
		this.engine.time().advance(Duration.ofHours(1));
		assertThat(this.engine.client().handle(here("e")).status()).isEqualTo(WorkflowStatus.SCHEDULED);

		this.engine.time().advance(Duration.ofHours(1));

		assertThat(this.engine.client().handle(here("e")).result()).isEqualTo("x");
		assertThat(this.engine.time().nextDue()).as("nothing is due but the sweep").isEmpty();
	}

	@Test
	void theTimeOutOfADelayedRunCountsFromItsBeginning() {
		this.engine.workflow("sleeper", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofMinutes(30));
			return "slept";
		}).start();
		WorkflowHandle<?> run = this.engine.client()
			.start("sleeper", StartOptions.defaults().delay(Duration.ofHours(2)).timeout(Duration.ofHours(1)), "x");
		this.engine.time().advance(Duration.ofHours(2));
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.time().advance(Duration.ofMinutes(30));

		assertThat(run.result()).isEqualTo("slept");
	}

	@Test
	void aScheduledRunThatIsCancelledEndsWithoutBeginning() {
		this.engine.workflow("echo", String.class, (argument) -> {
			this.order.add(argument);
			return argument;
		}).start();
		WorkflowHandle<?> run = this.engine.client()
			.start("echo", StartOptions.defaults().id(here("e")).delay(Duration.ofHours(2)), "x");

		run.cancel();

		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(run::result);
		this.engine.time().advance(Duration.ofHours(3));
		this.engine.crashAndStart();
		assertThat(this.engine.client().handle(here("e")).status()).isEqualTo(WorkflowStatus.CANCELLED);
		assertThat(this.order).isEmpty();
	}

	@Test
	void runsThatAreDueAtOnceDoNotWaitForTheDiskOneByOne() {
		this.engine.assumeOnePartition("the commits of one store are held up");
		AtomicInteger written = new AtomicInteger();
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(1))
			.withStore((store) -> new ForwardingStore(holdingDue(store)) {
				@Override
				public void commit(long epoch, List<Change> changes) {
					written.addAndGet((int) changes.stream().filter(AdmissionTests::isDue).count());
					super.commit(epoch, changes);
				}
			})
			.workflow("gate", String.class, (argument) -> this.engine.step("gate", String.class, () -> held()))
			.workflow("echo", String.class, (argument) -> argument)
			.start();
		// So that they are due before the loader looks at the first.
		startTheGate();
		List<WorkflowHandle<?>> runs = startDelayed("echo", 100);

		this.engine.time().advance(Duration.ofHours(1));
		this.open.countDown();
		await().until(() -> written.get() + this.engine.engine().health().queuedCommits() == 100);
		this.holding.get().release();

		runs.forEach((run) -> assertThat(run.result()).isEqualTo("x"));
	}

	@Test
	void aRunThatIsCancelledOrTerminatedJustAsItIsDueDoesNotBeginAndLeavesNothing() throws InterruptedException {
		this.engine.assumeOnePartition("the commits of one store are held up");
		this.engine.withStore((store) -> holdingDue(store));
		limitedAndHeld();
		List<WorkflowHandle<?>> runs = startDelayed("import", 2);

		this.engine.time().advance(Duration.ofHours(1));
		this.holding.get().awaitReached();
		List<Thread> operators = List.of(Thread.ofPlatform().start(runs.getFirst()::cancel),
				Thread.ofPlatform().start(() -> this.engine.client().terminate(runs.getLast().id())));
		await().until(() -> operators.stream().allMatch((thread) -> thread.getState() == Thread.State.WAITING));
		this.holding.get().release();
		for (Thread operator : operators) {
			operator.join();
		}

		await().until(() -> runs.getFirst().status() == WorkflowStatus.CANCELLED);
		assertThat(runs.getLast().status()).isEqualTo(WorkflowStatus.TERMINATED);
		this.engine.crash();
		try (Store left = this.engine.medium().open()) {
			assertThat(left.workflowsWithPending()).isEmpty();
			assertThat(left.oldest(WorkflowStatus.SCHEDULED, 0, 10)).isEmpty();
			assertThat(left.timers(null, 10)).isEmpty();
		}
		assertThat(this.order).containsExactly("held");
	}

	private List<WorkflowHandle<?>> startDelayed(String workflow, int runs) {
		List<WorkflowHandle<?>> started = new ArrayList<>();
		for (int i = 0; i < runs; i++) {
			started.add(this.engine.client().start(workflow, StartOptions.defaults().delay(Duration.ofHours(1)), "x"));
		}
		return started;
	}

	private HoldingStore holdingDue(Store store) {
		HoldingStore held = new HoldingStore(store, AdmissionTests::isDue);
		this.holding.set(held);
		return held;
	}

	private static boolean isDue(Change change) {
		return change instanceof Change.RunChanged changed && changed.before() != null
				&& changed.after().status() == WorkflowStatus.PENDING;
	}

	@Test
	void ofRunsThatWaitForTheirTurnTheHigherPriorityGoesFirst() {
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(1))
			.workflow("gate", String.class, (argument) -> this.engine.step("gate", String.class, () -> held()))
			.workflow("echo", String.class, (argument) -> {
				this.order.add(argument);
				return argument;
			})
			.start();
		startTheGate();
		List<WorkflowHandle<?>> runs = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			runs.add(this.engine.client()
				.start("echo", StartOptions.defaults().id(here("r" + i)).priority(i % 3), i % 3 + "-" + i / 3));
		}
		this.open.countDown();
		runs.forEach((run) -> this.engine.finish(run));

		assertThat(this.order).containsExactly("2-0", "2-1", "1-0", "1-1", "0-0", "0-1");
	}

	@Test
	void noMoreRunsOfAWorkflowBeginThanItsLimitAlsoAcrossARestart() {
		AtomicInteger entered = new AtomicInteger();
		this.engine.workflow(limited("import", 3, (argument) -> {
			entered.incrementAndGet();
			this.workflow.sleep(Duration.ofHours(1));
			return argument;
		})).workflow("echo", String.class, (argument) -> argument).start();
		IntStream.range(0, 10).forEach((i) -> this.engine.run("import", here("i" + i), "x"));

		await().until(() -> suspended() == 3);
		assertThat(this.engine.run("echo", here("e"), "not held up").result()).isEqualTo("not held up");
		assertThat(entered.get()).isEqualTo(3);
		assertThat(this.engine.client().handle(here("i3")).status()).isEqualTo(WorkflowStatus.PENDING);
		this.engine.crashAndStart();
		assertThat(this.engine.run("echo", here("f"), "neither now").result()).isEqualTo("neither now");
		assertThat(this.engine.client().handle(here("i3")).status()).isEqualTo(WorkflowStatus.PENDING);

		this.engine.time().advance(Duration.ofHours(1));
		await().until(() -> this.engine.client().handle(here("i5")).status() == WorkflowStatus.SUSPENDED);
		assertThat(this.engine.client().handle(here("i6")).status()).isEqualTo(WorkflowStatus.PENDING);
		this.engine.client().terminate(here("i3"));
		await().until(() -> this.engine.client().handle(here("i6")).status() == WorkflowStatus.SUSPENDED);
		assertThat(suspended()).isEqualTo(3);
		for (int i = 4; i < 10; i++) {
			assertThat(this.engine.finish(this.engine.client().handle(here("i" + i)))).isEqualTo("x");
		}
	}

	@Test
	void aRunThatLeavesTheQueueBeforeItsTurnTakesNoPlaceOfItsWorkflow() {
		limitedAndHeld();
		// The turn has come to one of them, and the others are read already.
		List.of("first", "terminated", "deleted", "paused", "last")
			.forEach((id) -> this.engine.run("import", here(id), id));
		this.turns.release();
		await().until(() -> this.order.size() == 2);

		this.engine.client().terminate(here("terminated"));
		this.engine.client().terminate(here("deleted"));
		this.engine.client().delete(here("deleted"));
		this.engine.client().pause(here("paused"));
		await().until(() -> this.engine.client().handle(here("paused")).status() == WorkflowStatus.PAUSED);
		this.turns.release(10);

		await().until(() -> this.engine.client().handle(here("last")).status() == WorkflowStatus.COMPLETED);
		assertThat(this.order).containsExactly("held", "first", "last");
	}

	@Test
	void aRunOfHigherPriorityOvertakesThoseThatWaitAlreadyWhenOneOfThemHasBegun() {
		limitedAndHeld();
		List.of("first", "second", "third").forEach((id) -> this.engine.run("import", here(id), id));
		this.turns.release();
		await().until(() -> this.order.size() == 2);

		this.engine.client().start("import", StartOptions.defaults().id(here("urgent")).priority(1), "urgent");
		this.turns.release(10);

		await().until(() -> this.order.size() == 5);
		assertThat(this.order).containsExactly("held", "first", "urgent", "second", "third");
	}

	@Test
	void aRunThatWaitsForItsTurnGoesOnWaitingWhenItIsResumed() {
		limitedAndHeld();
		List.of("first", "resumed").forEach((id) -> this.engine.run("import", here(id), id));

		this.engine.client().resume(here("resumed"));
		// The loader does what it was told to before.
		this.engine.client().terminate(this.engine.run("import", here("bystander"), "bystander").id());
		this.turns.release(10);

		await().until(() -> this.order.size() == 3);
		assertThat(this.order).containsExactly("held", "first", "resumed");
	}

	@Test
	void runsThatAreResumedKeepToTheLimitAndToTheirOrder() {
		AtomicInteger executing = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		this.engine.workflow(limited("import", 1, (argument) -> {
			this.order.add(argument);
			return this.engine.step("turn", String.class, () -> {
				most.accumulateAndGet(executing.incrementAndGet(), Math::max);
				this.turns.acquire();
				executing.decrementAndGet();
				return argument;
			});
		})).start();
		this.engine.run("import", here("held"), "held");
		await().until(() -> executing.get() == 1);
		List<String> ids = List.of("a", "b", "c", "d", "e", "f");
		ids.forEach((id) -> this.engine.run("import", here(id), id));
		ids.forEach((id) -> this.engine.client().pause(here(id)));
		await().until(() -> ids.stream()
			.allMatch((id) -> this.engine.client().handle(here(id)).status() == WorkflowStatus.PAUSED));
		this.engine.run("import", here("younger"), "younger");

		ids.reversed().forEach((id) -> this.engine.client().resume(here(id)));
		this.turns.release(10);

		await().until(() -> this.order.size() == 8);
		assertThat(this.order).containsExactly("held", "a", "b", "c", "d", "e", "f", "younger");
		assertThat(most).hasValue(1);
	}

	@Test
	void theCodePausedRunsOfAStartKeepToTheLimit() {
		AtomicInteger executing = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		this.engine.workflow("import", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofHours(1));
			return argument;
		}).start();
		List<String> ids = List.of("a", "b", "c", "d", "e", "f");
		ids.forEach((id) -> this.engine.run("import", here(id), id));
		await().until(() -> ids.stream()
			.allMatch((id) -> this.engine.client().handle(here(id)).status() == WorkflowStatus.SUSPENDED));
		this.engine.crash().withoutWorkflow("import").start();
		this.engine.time().advance(Duration.ofHours(1));
		await().until(() -> ids.stream()
			.allMatch((id) -> this.engine.client().handle(here(id)).status() == WorkflowStatus.PAUSED));

		this.engine.crash().workflow(limited("import", 1, (argument) -> {
			this.workflow.sleep(Duration.ofHours(1));
			return this.engine.step("turn", String.class, () -> {
				most.accumulateAndGet(executing.incrementAndGet(), Math::max);
				this.turns.acquire();
				executing.decrementAndGet();
				return argument;
			});
		})).start();
		this.turns.release(10);

		ids.forEach((id) -> assertThat(this.engine.finish(this.engine.client().handle(here(id)))).isEqualTo(id));
		assertThat(most).hasValue(1);
	}

	@Test
	void aTerminatedRunKeepsItsPlaceUntilItsCodeHasEnded() {
		this.engine.workflow(limited("import", 1, (argument) -> this.engine.step("turn", String.class, () -> {
			// Not before: a run that is terminated on its way to a step ends.
			this.order.add(argument);
			if (argument.equals("stubborn")) {
				this.turns.acquireUninterruptibly();
			}
			return argument;
		}))).start();
		this.engine.run("import", here("stubborn"), "stubborn");
		await().until(() -> this.order.size() == 1);
		WorkflowHandle<?> next = this.engine.run("import", here("next"), "next");

		this.engine.client().terminate(here("stubborn"));
		// The loader does what it was told to before.
		this.engine.client().terminate(this.engine.run("import", here("bystander"), "bystander").id());

		assertThat(this.engine.client().handle(here("stubborn")).status()).isEqualTo(WorkflowStatus.TERMINATED);
		assertThat(next.status()).isEqualTo(WorkflowStatus.PENDING);
		this.turns.release();
		assertThat(next.result()).isEqualTo("next");
	}

	/** Within a partition the order of turns is exact. */
	private String here(String name) {
		return SamePartition.id(this.engine, name);
	}

	private void limitedAndHeld() {
		this.engine.workflow(limited("import", 1, (argument) -> {
			this.order.add(argument);
			return this.engine.step("turn", String.class, () -> {
				this.turns.acquire();
				return argument;
			});
		})).start();
		this.engine.run("import", here("held"), "held");
		await().until(() -> this.order.size() == 1);
	}

	/** It may wait for its turn itself when the engine has just started. */
	private void startTheGate() {
		WorkflowHandle<?> gate = this.engine.run("gate", here("gate"), "x");
		await().until(() -> gate.describe().currentStep() != null);
	}

	private String held() throws InterruptedException {
		this.open.await();
		return "open";
	}

	private long suspended() {
		return IntStream.range(0, 10)
			.filter((i) -> this.engine.client().handle(here("i" + i)).status() == WorkflowStatus.SUSPENDED)
			.count();
	}

	private static WorkflowDefinition limited(String name, int limit, TestEngine.WorkflowCode code) {
		return WorkflowDefinition
			.of(name, MethodSignature.of(String.class, String.class), (arguments) -> code.run((String) arguments[0]))
			.withMaxConcurrent(limit);
	}

}
