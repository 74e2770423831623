package io.kraft.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import java.time.Duration;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.testing.CrashPoint;
import io.kraft.engine.testing.CrashPoint.Crash;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A run that waits for its own child lends it its place.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class LentPlaceTests {

	private final int parked;

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicInteger executing = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private final ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();

	private final Semaphore turns = new Semaphore(0);

	LentPlaceTests(int parked) {
		this.parked = parked;
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.turns.release(1000);
		this.engine.close();
	}

	private static ProxiedWorkflow limited(TestEngine engine, String name, int limit, WorkflowDefinition.Body body) {
		return ProxiedWorkflow.define(engine,
				(entered) -> WorkflowDefinition.of(name, MethodSignature.of(String.class, String.class), entered)
					.withMaxConcurrent(limit),
				body);
	}

	private String work(TestEngine engine, String name) {
		return engine.step(name, String.class, () -> {
			this.most.accumulateAndGet(this.executing.incrementAndGet(), Math::max);
			this.order.add(name);
			this.executing.decrementAndGet();
			return name;
		});
	}

	@Test
	void aRecursionDeeperThanItsLimitEnds() {
		ProxiedWorkflow[] self = new ProxiedWorkflow[1];
		self[0] = limited(this.engine, "deep", 1, (arguments) -> {
			int depth = Integer.parseInt((String) arguments[0]);
			return work(this.engine, "d" + depth) + ((depth > 0) ? self[0].<String>call("" + (depth - 1)) : "");
		});
		this.engine.start();

		assertThat(this.engine.run("deep", "d", "5").result()).isEqualTo("d5d4d3d2d1d0");
		assertThat(this.engine.run("deep", "next", "0").result()).isEqualTo("d0");
		assertThat(this.most).hasValue(1);
	}

	@Test
	void twoWorkflowsThatCallEachOtherEndWithALimitOfOneEach() {
		ProxiedWorkflow[] both = new ProxiedWorkflow[2];
		for (int i = 0; i < 2; i++) {
			int other = 1 - i;
			both[i] = limited(this.engine, "ab".substring(i, i + 1), 1, (arguments) -> {
				int depth = Integer.parseInt((String) arguments[0]);
				return work(this.engine, "w" + depth) + ((depth > 0) ? both[other].<String>call("" + (depth - 1)) : "");
			});
		}
		this.engine.start();

		assertThat(this.engine.run("a", "r", "4").result()).isEqualTo("w4w3w2w1w0");
	}

	@Test
	void childrenTakeTheirParentsPlaceOneByOneAndNobodyJumpsTheQueue() {
		ProxiedWorkflow child = limited(this.engine, "tree", 1, (arguments) -> {
			String name = (String) arguments[0];
			return name.startsWith("leaf") ? held(name) : spread();
		});
		this.tree = child;
		this.engine.start();
		WorkflowHandle<?> root = this.engine.run("tree", "root", "root");
		await().until(() -> this.order.contains("leaf1") || this.order.contains("leaf2"));
		WorkflowHandle<?> other = this.engine.client()
			.start("tree", StartOptions.defaults().id("other").priority(9), "leaf-other");

		assertThat(this.order).hasSize(1);
		this.turns.release(1);
		await().until(() -> this.order.size() == 2);
		assertThat(other.status()).isEqualTo(WorkflowStatus.PENDING);
		this.turns.release(2);

		assertThat(root.result()).isEqualTo("leaf1leaf2");
		assertThat(other.result()).isEqualTo("leaf-other");
		assertThat(this.order).last().isEqualTo("leaf-other");
		assertThat(this.most).hasValue(1);
	}

	private ProxiedWorkflow tree;

	private String spread() {
		DurableFuture<String> first = this.workflow.startChild(() -> this.tree.<String>call("leaf1"));
		DurableFuture<String> second = this.workflow.startChild(() -> this.tree.<String>call("leaf2"));
		return String.join("", DurableFuture.allOf(java.util.List.of(first, second)).await());
	}

	private String held(String name) {
		return this.engine.step(name, String.class, () -> {
			this.most.accumulateAndGet(this.executing.incrementAndGet(), Math::max);
			this.order.add(name);
			this.turns.acquire();
			this.executing.decrementAndGet();
			return name;
		});
	}

	@Test
	void aChildThatIsPausedAndResumedTakesTheLentPlaceAgain() {
		ProxiedWorkflow[] self = new ProxiedWorkflow[1];
		self[0] = limited(this.engine, "deep", 1, (arguments) -> {
			if (arguments[0].equals("root")) {
				return self[0].<String>call("leaf");
			}
			this.workflow.sleep(Duration.ofHours(1));
			return "slept";
		});
		this.engine.start();
		WorkflowHandle<?> root = this.engine.run("deep", "r", "root");
		await().until(() -> this.engine.client()
			.find("r.1")
			.map((run) -> run.status())
			.filter(WorkflowStatus.SUSPENDED::equals)
			.isPresent());

		this.engine.client().pause("r.1");
		await().until(() -> this.engine.client().handle("r.1").status() == WorkflowStatus.PAUSED);
		WorkflowHandle<?> other = this.engine.run("deep", "other", "leaf");
		this.engine.client().resume("r.1");

		assertThat(this.engine.finish(root)).isEqualTo("slept");
		assertThat(this.engine.finish(other)).isEqualTo("slept");
	}

	@TestFactory
	Stream<DynamicTest> aRecursionEndsWhereverItIsCrashed() {
		int commits = life(CrashPoint.NONE);
		return CrashPoint.tests(commits + 2, this.parked, this::life);
	}

	private int life(CrashPoint point) {
		TestEngine crashed = new TestEngine();
		Crash crash = point.in(crashed);
		crashed.with((builder) -> builder.maxParkedWorkflows(this.parked));
		ProxiedWorkflow[] both = new ProxiedWorkflow[2];
		for (int i = 0; i < 2; i++) {
			int other = 1 - i;
			both[i] = limited(crashed, "ab".substring(i, i + 1), 1, (arguments) -> {
				int depth = Integer.parseInt((String) arguments[0]);
				return work(crashed, "w" + depth) + ((depth > 0) ? both[other].<String>call("" + (depth - 1)) : "");
			});
		}
		crashed.start();
		try (crashed) {
			try {
				assertThat(play(crashed, crash)).isEqualTo("w3w2w1w0");
			}
			catch (KraftException ex) {
				crash.check(ex);
				crashed.crashAndStart();
				assertThat(play(crashed, crash)).isEqualTo("w3w2w1w0");
			}
			return crash.commits();
		}
	}

	private static Object play(TestEngine engine, Crash crash) {
		try {
			engine.run("a", "r", "3");
		}
		catch (WorkflowAlreadyExistsException ex) {
			// From before the crash.
		}
		CompletableFuture<?> result = engine.client().handle("r").resultAsync();
		await().until(() -> result.isDone() || crash.isUnmended());
		if (!result.isDone()) {
			throw new EngineStoppedException("a partition has failed");
		}
		return engine.client().handle("r").result();
	}

}
