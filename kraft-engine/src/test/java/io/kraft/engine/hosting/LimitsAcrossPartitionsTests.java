package io.kraft.engine.hosting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.SamePartition;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Limits of workflows over all partitions of a node, with waiting runs kept in memory and
 * unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class LimitsAcrossPartitionsTests {

	private static final int PARTITIONS = 4;

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine().partitions(PARTITIONS);

	private final List<String> order = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger executing = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private final Semaphore turns = new Semaphore(0, true);

	LimitsAcrossPartitionsTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.turns.release(10_000);
		this.engine.close();
	}

	@Test
	void noMoreRunsOfAWorkflowAreBegunThanItsLimitInAllPartitionsTogether() {
		limited(3).start();

		List<WorkflowHandle<?>> runs = IntStream.range(0, 60).<WorkflowHandle<?>>mapToObj(this::start).toList();
		this.turns.release(60);

		runs.forEach((run) -> assertThat(run.result()).isEqualTo(run.id()));
		assertThat(this.most).hasValue(3);
	}

	@Test
	void aRunThatEndsWakesOneOfAnotherPartition() {
		waiting(1).start();
		WorkflowHandle<?> first = run(0, "first");
		WorkflowHandle<?> second = run(3, "second");
		this.engine.awaitQuiet();
		assertThat(second.status()).isEqualTo(WorkflowStatus.PENDING);

		end(first.id());

		end(second.id());
		assertThat(second.result()).isEqualTo(second.id());
	}

	@Test
	void aPartitionWithManyRunsLetsOthersHaveTheirTurns() {
		waiting(1).start();
		IntStream.range(0, 20).forEach((number) -> run(0, "many" + number));
		this.engine.awaitQuiet();
		WorkflowHandle<?> second = run(2, "second");
		this.engine.awaitQuiet();
		WorkflowHandle<?> third = run(3, "third");
		WorkflowHandle<?> fourth = run(3, "fourth");
		this.engine.awaitQuiet();

		for (int turn = 0; turn < 10; turn++) {
			end(this.order.get(turn));
			this.engine.awaitQuiet();
		}

		assertThat(this.order.subList(2, 6)).containsExactly(second.id(), third.id(), this.order.get(4), fourth.id());
	}

	@Test
	void aPlaceThatAPartitionNeedsNoMoreGoesToTheNext() {
		waiting(1).start();
		WorkflowHandle<?> first = run(0, "first");
		this.engine.awaitQuiet();
		WorkflowHandle<?> terminated = run(1, "terminated");
		this.engine.awaitQuiet();
		WorkflowHandle<?> next = run(2, "next");
		this.engine.awaitQuiet();

		this.engine.client().terminate(terminated.id());
		end(first.id());

		end(next.id());
		assertThat(next.result()).isEqualTo(next.id());
	}

	@Test
	void whatIsBegunInSeveralPartitionsCountsAfterARestart() {
		this.engine.workflow(definition("import", 3, (argument) -> {
			this.workflow.sleep(Duration.ofHours(1));
			return argument;
		})).start();
		List<WorkflowHandle<?>> begun = List.of(run(0, "a"), run(1, "b"), run(2, "c"));
		await().until(() -> begun.stream().allMatch((run) -> run.status() == WorkflowStatus.SUSPENDED));
		String waiting = run(3, "d").id();

		this.engine.crashAndStart();
		this.engine.awaitQuiet();

		assertThat(this.engine.client().handle(waiting).status()).isEqualTo(WorkflowStatus.PENDING);
		this.engine.time().advance(Duration.ofHours(1));
		assertThat(this.engine.finish(this.engine.client().handle(waiting))).isEqualTo(waiting);
	}

	@Test
	void thePlacesOfAPartitionThatHasFailedRemainTakenUntilTheNextStart() {
		waiting(2).workflow("echo", String.class, (argument) -> argument).start();
		WorkflowHandle<?> there = run(2, "there");
		this.engine.awaitQuiet();
		this.engine.medium(2).failWrites();
		assertThatExceptionOfType(KraftException.class)
			.isThrownBy(() -> this.engine.run("echo", SamePartition.id(this.engine, "e", 2), "x"));
		WorkflowHandle<?> here = run(0, "here");
		WorkflowHandle<?> waiting = run(1, "waiting");
		await().until(() -> here.status() == WorkflowStatus.SUSPENDED);
		assertThat(this.engine.run("echo", SamePartition.id(this.engine, "e", 1), "x").result()).isEqualTo("x");
		assertThat(waiting.status()).as("the other place is not free").isEqualTo(WorkflowStatus.PENDING);

		end(here.id());
		await().until(() -> waiting.status() == WorkflowStatus.SUSPENDED);

		this.engine.crash();
		assertThat(begun()).isEqualTo(2);
		this.engine.start();
		end(there.id());
		end(waiting.id());
		assertThat(this.engine.client().handle(there.id()).result()).isEqualTo(there.id());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6 })
	void noStoreHasMoreBegunThanTheLimitWheneverOnePartitionOrAllOfThemDie(int seed) {
		Random random = new Random(seed);
		this.turns.release(1_000_000);
		limited(2).start();
		List<String> ids = new ArrayList<>();
		for (int life = 0; life < 3; life++) {
			int failing = random.nextInt(PARTITIONS);
			int failsAt = random.nextInt(30);
			for (int number = 0; number < 30; number++) {
				if (number == failsAt) {
					this.engine.medium(failing).failWrites();
				}
				String id = life + "-" + number;
				try {
					this.engine.run("import", id, id);
					ids.add(id);
				}
				catch (KraftException ex) {
					// Of the partition that has failed.
				}
			}
			this.engine.crash();
			assertThat(begun()).as("begun in all stores").isLessThanOrEqualTo(2);
			this.engine.start();
		}

		ids.forEach((id) -> assertThat(this.engine.finish(this.engine.client().handle(id))).isEqualTo(id));
		assertThat(this.most.get()).isLessThanOrEqualTo(2);
	}

	@Test
	void runsThatCallEachOtherThroughThreePartitionsTakeOnePlaceAlsoAcrossARestart() {
		chain(this.engine);
		this.engine.start();
		String root = SamePartition.id(this.engine, "root", 0);

		this.engine.client().start("chain", StartOptions.defaults().id(root), root);
		this.engine.awaitQuiet();
		assertThat(this.order).containsExactly("leaf");
		String other = SamePartition.id(this.engine, "other", 3);
		this.engine.client().start("chain", StartOptions.defaults().id(other), "leaf");
		this.engine.awaitQuiet();
		for (int starts = 0; starts < 3; starts++) {
			assertThat(this.engine.client().handle(other).status()).as("nothing gets ahead of the chain")
				.isEqualTo(WorkflowStatus.PENDING);
			this.engine.crashAndStart();
			this.engine.awaitQuiet();
		}

		end(SamePartition.id(this.engine, "leaf", 2));
		assertThat(this.engine.finish(this.engine.client().handle(root))).isEqualTo("leaf");
		end(other);
		assertThat(this.engine.finish(this.engine.client().handle(other))).isEqualTo("leaf");
	}

	@Test
	void aChildThatComesAfterItsParentHasBegunToWaitTakesItsPlaceThroughARunWithoutALimit() {
		chain(this.engine);
		ProxiedWorkflow between = ProxiedWorkflow.define(this.engine, "between",
				MethodSignature.of(String.class, String.class), ResultStyle.PLAIN, (arguments) -> null,
				(arguments) -> this.chain.<String>call("middle"));
		this.engine.workflow(definition("outer", 1, (argument) -> between.call(argument))).start();
		for (int partition = 0; partition < PARTITIONS; partition++) {
			String id = SamePartition.id(this.engine, "o", partition);
			this.engine.run("outer", id, "x");
			this.engine.awaitQuiet();
			end(SamePartition.id(this.engine, "leaf", 2));
			assertThat(this.engine.finish(this.engine.client().handle(id))).isEqualTo("leaf");
			this.engine.client().delete(SamePartition.id(this.engine, "leaf", 2));
			this.engine.client().delete(SamePartition.id(this.engine, "middle", 1));
		}
	}

	private ProxiedWorkflow chain;

	/** Each calls one in the next partition, down to a leaf in the third. */
	private void chain(TestEngine engine) {
		this.chain = ProxiedWorkflow.define(engine,
				(entered) -> new WorkflowDefinition("chain", 1, MethodSignature.of(String.class, String.class),
						ResultStyle.PLAIN, this::idInChain, null, null, 0, entered, null)
					.withMaxConcurrent(1),
				(arguments) -> {
					String name = String.valueOf(arguments[0]);
					if (name.equals("leaf")) {
						return awaited(name);
					}
					String child = name.startsWith("middle") ? "leaf" : "middle";
					return this.chain.<String>call(child);
				});
	}

	private @Nullable String idInChain(@Nullable Object[] arguments) {
		return switch (String.valueOf(arguments[0])) {
			case "middle" -> SamePartition.id(this.engine, "middle", 1);
			case "leaf" -> SamePartition.id(this.engine, "leaf", 2);
			default -> null;
		};
	}

	private TestEngine limited(int max) {
		return this.engine.workflow(definition("import", max, this::held));
	}

	/** Of runs that are begun until they are signalled. */
	private TestEngine waiting(int max) {
		return this.engine.workflow(definition("import", max, this::awaited));
	}

	private String awaited(String argument) {
		synchronized (this.order) {
			if (!this.order.contains(argument)) {
				this.order.add(argument);
			}
		}
		this.workflow.awaitSignal("go", String.class);
		return argument;
	}

	private void end(String id) {
		this.engine.client().signal(id, "go", "on");
	}

	private String held(String argument) {
		return this.engine.step("turn", String.class, () -> {
			this.most.accumulateAndGet(this.executing.incrementAndGet(), Math::max);
			this.order.add(argument);
			try {
				this.turns.acquire();
			}
			finally {
				this.executing.decrementAndGet();
			}
			return argument;
		});
	}

	private static WorkflowDefinition definition(String name, int max, TestEngine.WorkflowCode code) {
		return WorkflowDefinition
			.of(name, MethodSignature.of(String.class, String.class), (arguments) -> code.run((String) arguments[0]))
			.withMaxConcurrent(max);
	}

	private WorkflowHandle<?> start(int number) {
		return this.engine.run("import", "r" + number, "r" + number);
	}

	private WorkflowHandle<?> run(int partition, String name) {
		String id = SamePartition.id(this.engine, name, partition);
		return this.engine.run("import", id, id);
	}

	/** In all stores together. */
	private long begun() {
		RunFilter filter = new RunFilter("import", Set.of(WorkflowStatus.RUNNING, WorkflowStatus.SUSPENDED), Map.of(),
				null, null);
		long begun = 0;
		for (int partition = 0; partition < PARTITIONS; partition++) {
			try (Store store = this.engine.medium(partition).open()) {
				begun += store.runs(filter, Long.MAX_VALUE, 1000).rows().size();
			}
		}
		return begun;
	}

}
