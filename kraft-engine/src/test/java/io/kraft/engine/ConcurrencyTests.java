package io.kraft.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.OverloadedException;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.testing.BlockingStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many runs at once, the bounds on them, and the order among them.
 */
@Timeout(120)
class ConcurrencyTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	/** Runs begin a step that ends when they get a permit. */
	private final Semaphore gate = new Semaphore(0);

	private final AtomicInteger executing = new AtomicInteger();

	private final AtomicInteger mostExecuting = new AtomicInteger();

	@AfterEach
	void close() {
		this.gate.release(1_000_000);
		this.engine.close();
	}

	@Test
	void tenThousandRunsExecuteAtOnce() {
		int runs = 10_000;
		this.engine.workflow("wait", String.class, this::passTheGate).start();

		List<CompletableFuture<@Nullable Object>> results = startAll(runs);
		await().atMost(Duration.ofMinutes(1)).until(() -> this.executing.get() == runs);
		this.gate.release(runs);
		CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).join();

		assertThat(results).extracting(CompletableFuture::join).containsOnly("through");
		assertThat(this.mostExecuting).hasValue(runs);
		await().until(() -> this.engine.engine().health().executingRuns() == 0);
	}

	private List<CompletableFuture<@Nullable Object>> startAll(int runs) {
		List<CompletableFuture<@Nullable Object>> results = new ArrayList<>();
		for (int i = 0; i < runs; i++) {
			results.add(this.engine.client()
				.startAsync("wait", StartOptions.defaults().id("run-" + i), "x")
				.thenCompose(WorkflowHandle::resultAsync));
		}
		return results;
	}

	private String passTheGate(String argument) {
		return this.engine.step("gate", String.class, () -> {
			this.mostExecuting.accumulateAndGet(this.executing.incrementAndGet(), Math::max);
			try {
				this.gate.acquire();
			}
			finally {
				this.executing.decrementAndGet();
			}
			return "through";
		});
	}

	@Test
	void noMoreRunsExecuteThanAllowedAndTheOthersWaitOnDisk() {
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(3))
			.workflow("wait", String.class, this::passTheGate)
			.start();

		List<CompletableFuture<@Nullable Object>> results = startAll(600);
		WorkflowQuery pending = WorkflowQuery.all().status(WorkflowStatus.PENDING).limit(1000);
		await().until(() -> this.executing.get() == 3 && this.engine.client().list(pending).items().size() >= 597);
		int durablyRunning = this.engine.client()
			.list(WorkflowQuery.all().status(WorkflowStatus.RUNNING))
			.items()
			.size();
		this.gate.release(600);
		CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).join();

		assertThat(durablyRunning).isLessThanOrEqualTo(3);
		assertThat(this.mostExecuting).hasValue(3);
	}

	@Test
	void waitingRunsTakeTheirTurnInTheOrderOfTheirStart() {
		List<String> order = Collections.synchronizedList(new ArrayList<>());
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(1)).workflow("wait", String.class, (argument) -> {
			order.add(argument);
			return passTheGate(argument);
		}).start();
		List<String> started = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			started.add("run-" + i);
			this.engine.run("wait", "run-" + i, "run-" + i);
		}

		this.gate.release(300);
		started.forEach((id) -> this.engine.client().handle(id).result());

		PartitionMap map = new PartitionMap(this.engine.partitions());
		assertThat(order.stream().collect(Collectors.groupingBy(map::of)))
			.isEqualTo(started.stream().collect(Collectors.groupingBy(map::of)));
	}

	@ParameterizedTest(name = "max-parked-workflows {0}")
	@ValueSource(ints = { 0, 10_000 })
	void fiveThousandInterruptedRunsGoOnWithFewSlots(int maxParked) {
		int runs = 5_000;
		Set<String> first = ConcurrentHashMap.newKeySet();
		AtomicInteger twice = new AtomicInteger();
		this.engine.with((builder) -> builder.maxParkedWorkflows(maxParked))
			.workflow("wait", String.class, (argument) -> {
				this.engine.step("first", String.class, () -> {
					if (!first.add(this.workflow.workflowId())) {
						twice.incrementAndGet();
					}
					return "";
				});
				return passTheGate(argument);
			})
			.start();
		startAll(runs);
		await().atMost(Duration.ofMinutes(1)).until(() -> this.executing.get() == runs);
		this.engine.crash();
		await().until(() -> this.executing.get() == 0);
		this.mostExecuting.set(0);
		this.gate.release(runs);

		this.engine.with((builder) -> builder.maxConcurrentWorkflows(8)).start();

		for (int i = 0; i < runs; i++) {
			assertThat(this.engine.client().handle("run-" + i).result()).isEqualTo("through");
		}
		assertThat(twice).hasValue(0);
		assertThat(this.mostExecuting).hasValueLessThanOrEqualTo(8);
	}

	@ParameterizedTest(name = "max-parked-workflows {0}")
	@ValueSource(ints = { 0, 100, 10_000 })
	void sleepersWakeInDueOrderAndNeverEarly(int maxParked) throws Exception {
		int runs = 2_000;
		Random random = new Random(7);
		TreeMap<Instant, Integer> due = new TreeMap<>();
		Instant begun = this.engine.time().instant();
		while (due.size() < runs) {
			due.put(begun.plusMillis(1 + random.nextInt(100_000_000)), due.size());
		}
		List<String> woken = Collections.synchronizedList(new ArrayList<>());
		Semaphore wakes = new Semaphore(0);
		this.engine.with((builder) -> builder.maxParkedWorkflows(maxParked))
			.workflow("sleep", void.class, (argument) -> {
				this.workflow.sleepUntil(Instant.parse(argument));
				woken.add(argument + (this.workflow.now().isBefore(Instant.parse(argument)) ? " early" : ""));
				wakes.release();
				return null;
			})
			.start();
		due.forEach((at, number) -> this.engine.run("sleep", "run-" + number, at.toString()));
		WorkflowQuery suspended = WorkflowQuery.all().status(WorkflowStatus.RUNNING, WorkflowStatus.PENDING).limit(1);
		await().until(() -> this.engine.client().list(suspended).items().isEmpty()
				&& this.engine.engine().health().executingRuns() == 0);
		assertThat(this.engine.engine().health().waitingRuns()).isEqualTo(Math.min(maxParked, runs));

		for (Instant at : due.keySet()) {
			this.engine.time().advanceTo(at);
			assertThat(wakes.tryAcquire(30, TimeUnit.SECONDS)).as("woken at %s", at).isTrue();
		}

		assertThat(woken).isEqualTo(due.keySet().stream().map(Instant::toString).toList());
	}

	@Test
	void aFullCommitQueueSlowsCallersDownAndFinallyRefuses() {
		this.engine.assumeOnePartition("each queue of commits has a bound of its own");
		List<BlockingStore> disks = new ArrayList<>();
		this.engine.withStore((store) -> {
			disks.add(new BlockingStore(store));
			return disks.getLast();
		}).workflow("wait", String.class, (argument) -> "through").start();
		String large = "x".repeat(2_000_000);
		List<CompletableFuture<WorkflowHandle<@Nullable Object>>> starts = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			starts.add(this.engine.client().startAsync("wait", StartOptions.defaults().id("run-" + i), large));
		}

		await().atMost(Duration.ofSeconds(30)).until(() -> starts.stream().anyMatch(CompletableFuture::isDone));
		assertThat(starts).as("nothing is acknowledged")
			.noneMatch((start) -> start.isDone() && !start.isCompletedExceptionally());
		disks.getFirst().release();
		CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).exceptionally((failure) -> null).join();

		Set<Integer> refused = new HashSet<>();
		for (int i = 0; i < starts.size(); i++) {
			if (starts.get(i).isCompletedExceptionally()) {
				refused.add(i);
				assertThat(starts.get(i).exceptionNow()).isInstanceOf(OverloadedException.class)
					.hasMessageStartingWith("KRAFT-3005");
				assertThat(this.engine.client().find("run-" + i)).isEmpty();
			}
			else {
				assertThat(starts.get(i).join().result()).isEqualTo("through");
			}
		}
		assertThat(refused).hasSizeBetween(1, 40);
		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.RUNNING);
		assertThat(this.engine.run("wait", "after", "x").result()).isEqualTo("through");
	}

	@Test
	void aRunThatFailsLeavesItsSlot() {
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(1)).workflow("fail", String.class, (argument) -> {
			throw new IOException("no");
		}).workflow("echo", String.class, (argument) -> argument).start();
		for (int i = 0; i < 20; i++) {
			this.engine.run("fail", "fail-" + i, "x");
		}

		assertThat(this.engine.run("echo", "e", "x").result()).isEqualTo("x");
	}

	@Test
	void aRefusedStartLeavesItsSlot() {
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(1))
			.workflow("echo", String.class, (argument) -> argument)
			.start();
		this.engine.run("echo", "e", "x").result();
		for (int i = 0; i < 5; i++) {
			try {
				this.engine.client()
					.start("echo", StartOptions.defaults().id("e").ifExists(io.kraft.client.IfExists.FAIL), "x");
			}
			catch (WorkflowAlreadyExistsException ex) {
				// As asked for.
			}
		}

		assertThat(this.engine.run("echo", "f", "x").result()).isEqualTo("x");
	}

	@Test
	void aStopDuringALoadOfStartsLosesNoAcknowledgedOne() throws Exception {
		this.engine.with((builder) -> builder.shutdownGracePeriod(Duration.ofSeconds(10)))
			.workflow("echo", String.class, (argument) -> this.engine.step("echo", String.class, () -> argument))
			.start();
		Set<String> acknowledged = ConcurrentHashMap.newKeySet();
		CountDownLatch some = new CountDownLatch(200);
		List<Thread> starters = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			String name = "starter-" + i + "-";
			starters.add(Thread.ofVirtual().start(() -> {
				try {
					for (int n = 0;; n++) {
						this.engine.run("echo", name + n, name + n);
						acknowledged.add(name + n);
						some.countDown();
					}
				}
				catch (EngineStoppedException ex) {
					// The end.
				}
			}));
		}

		some.await();
		this.engine.engine().stop();
		for (Thread starter : starters) {
			starter.join();
		}
		this.engine.start();

		assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(200)
			.allSatisfy((id) -> assertThat(this.engine.client().handle(id).result()).isEqualTo(id));
	}

}
