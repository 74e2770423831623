package io.kraft.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.testing.TestEngine;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.workflow.Callback;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Work at once: the branches of a run, with waiting runs kept in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class BranchTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	BranchTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void branchesRunAtOnceAndTheirResultsComeInTheOrderOfTheCalls() {
		this.engine.workflow("fan-out", String.class, (argument) -> {
			List<String> results = this.workflow
				.parallel(List.of(() -> slept("a", 3), () -> slept("b", 1), () -> slept("c", 2)));
			return String.join(",", results);
		}).start();

		assertThat(this.engine.finish(this.engine.run("fan-out", "f", "x"))).isEqualTo("a,b,c");
		assertThat(this.engine.time().instant()).isBefore(ManualScheduler.START.plus(Duration.ofHours(4)));
	}

	@Test
	void aRunWhoseBranchesAllWaitIsNotLoadedAgainBecauseTheyEndAsItLeaves() {
		AtomicInteger executions = new AtomicInteger();
		this.engine.workflow("waits", int.class, (argument) -> {
			executions.incrementAndGet();
			return this.workflow.parallel(List.of(() -> this.workflow.awaitSignal("a", String.class),
					() -> this.workflow.parallel(List.of(() -> this.workflow.awaitSignal("b", String.class),
							() -> this.workflow.awaitSignal("c", String.class)))))
				.size();
		}).start();
		for (int i = 0; i < 50; i++) {
			this.engine.run("waits", "w" + i, "x");
		}

		this.engine.awaitQuiet();
		assertThat(executions).hasValue(50);
	}

	@Test
	void noBranchesHaveNoResults() {
		this.engine.workflow("none", int.class, (argument) -> this.workflow.parallel(List.of()).size()).start();

		assertThat(this.engine.finish(this.engine.run("none", "n", "x"))).isEqualTo(0);
	}

	@Test
	void branchesOpenBranches() {
		this.engine.workflow("tree", String.class, (argument) -> {
			List<String> results = this.workflow.parallel(List.of(() -> grow("a"), () -> grow("b")));
			return String.join(",", results);
		}).start();

		assertThat(this.engine.finish(this.engine.run("tree", "t", "x"))).isEqualTo("a1+a2+a3,b1+b2+b3");
		assertThat(positions("t")).contains("1.1.2 step a1", "2.2.2 step b2", "2.3.1 timer ");
	}

	private String grow(String name) {
		List<String> results = this.workflow
			.parallel(List.of(() -> slept(name + 1, 3), () -> slept(name + 2, 2), () -> slept(name + 3, 1)));
		return String.join("+", results);
	}

	@Test
	void positionsDoNotDependOnWhichBranchIsFaster() {
		this.engine.workflow("race", String.class, (argument) -> {
			boolean firstIsFast = argument.equals("first");
			DurableFuture<String> first = this.workflow.async(() -> slept("first", firstIsFast ? 1 : 5));
			DurableFuture<String> second = this.workflow.async(() -> slept("second", firstIsFast ? 5 : 1));
			return DurableFuture.allOf(first, second).await() + slept("after", 1);
		}).start();

		Object one = this.engine.finish(this.engine.run("race", "one", "first"));
		Object two = this.engine.finish(this.engine.run("race", "two", "second"));

		assertThat(one).isEqualTo(two).isEqualTo("[first, second]after");
		assertThat(positions("one")).isEqualTo(positions("two"));
	}

	@Test
	void allBranchesEndBeforeTheFirstFailureInTheOrderOfTheCallsIsThrown() {
		Set<String> ended = ConcurrentHashMap.newKeySet();
		this.engine.workflow("fan-out", String.class, (argument) -> {
			try {
				this.workflow.parallel(List.<Callable<String>>of(() -> {
					this.workflow.sleep(Duration.ofHours(3));
					throw new IOException("slow failure");
				}, () -> {
					throw new IllegalStateException("fast failure");
				}, () -> {
					ended.add(slept("success", 5));
					return "success";
				}));
				return "none";
			}
			catch (Exception ex) {
				return ended + " " + ex.getClass().getSimpleName() + " " + ex.getMessage();
			}
		}).start();

		assertThat(this.engine.finish(this.engine.run("fan-out", "f", "x")))
			.isEqualTo("[success] IOException slow failure");
	}

	@Test
	void aFailedBranchThatNobodyAwaitsDoesNotFailTheRun() {
		this.engine.workflow("careless", String.class, (argument) -> {
			this.workflow.async(() -> {
				throw new IOException("nobody cares");
			});
			return slept("done", 1);
		}).start();

		assertThat(this.engine.finish(this.engine.run("careless", "c", "x"))).isEqualTo("done");
	}

	@Test
	void aFailedBranchFailsTheRunThatAwaitsIt() {
		this.engine.workflow("careful", String.class, (argument) -> this.workflow.<String>async(() -> {
			throw new IOException("somebody cares");
		}).await()).start();

		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> this.engine.finish(this.engine.run("careful", "c", "x")))
			.havingCause()
			.isInstanceOf(IOException.class)
			.withMessage("somebody cares");
	}

	@Test
	void branchesThatAreOpenWhenTheWorkflowReturnsAreCancelledAndCleanUp() {
		List<String> seen = Collections.synchronizedList(new ArrayList<>());
		this.engine.workflow("leaver", String.class, (argument) -> {
			for (String name : List.of("a", "b")) {
				this.workflow.async(() -> {
					try {
						this.workflow.awaitSignal("never", String.class);
					}
					finally {
						this.workflow.nonCancellable(() -> seen.add(slept("clean " + name, 1)));
					}
				});
			}
			return slept("done", 1);
		}).start();

		assertThat(this.engine.finish(this.engine.run("leaver", "l", "x"))).isEqualTo("done");
		assertThat(new HashSet<>(seen)).containsExactlyInAnyOrder("clean a", "clean b");
		assertThat(positions("l")).contains("1.1 signal never", "1.3 step clean a", "2.3 step clean b");
	}

	@Test
	void aBranchOfCodeThatIsNotCancelledCanBeCancelledItself() {
		this.engine.workflow("cleaner", String.class, (argument) -> this.workflow.nonCancellable(() -> {
			DurableFuture<String> sleeper = this.workflow.async(() -> slept("sleeper", 100));
			sleeper.cancel();
			try {
				return sleeper.await();
			}
			catch (WorkflowCancelledException ex) {
				return "cancelled";
			}
		})).start();

		assertThat(this.engine.run("cleaner", "c", "x").result()).isEqualTo("cancelled");
	}

	@Test
	void aBranchThatCodeWhichIsNotCancelledLeavesOpenDoesNotHoldUpTheEnd() {
		this.engine.workflow("cleaner", String.class, (argument) -> {
			this.workflow
				.nonCancellable(() -> this.workflow.async(() -> this.workflow.awaitSignal("never", String.class)));
			return "done";
		}).start();

		assertThat(this.engine.finish(this.engine.run("cleaner", "c", "x"))).isEqualTo("done");
	}

	@Test
	void aBranchThatTheUndoingLeavesOpenHasEndedBeforeTheRun() {
		Set<String> entered = ConcurrentHashMap.newKeySet();
		this.engine.workflow("undoer", String.class, (argument) -> {
			this.workflow.onFailure("undo", () -> this.workflow.async(() -> {
				try {
					this.workflow.awaitSignal("never", String.class);
				}
				finally {
					entered.add("cleaned");
				}
			}));
			throw new IOException("failed");
		}).start();

		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> this.engine.finish(this.engine.run("undoer", "u", "x")));

		assertThat(entered).containsExactly("cleaned");
	}

	@Test
	void branchesThatWaitForTheSameSignalGetOneEach() {
		this.engine.workflow("listeners", String.class, (argument) -> {
			List<String> heard = this.workflow
				.parallel(Collections.nCopies(3, () -> this.workflow.awaitSignal("news", String.class)));
			this.workflow.sleep(Duration.ofHours(1));
			return String.join(",", heard);
		}).start();
		WorkflowHandle<?> run = this.engine.run("listeners", "l", "x");
		for (String news : List.of("one", "two", "three")) {
			run.signal("news", news);
		}
		await().until(() -> positions("l").contains("4 timer "));
		List<String> heard = outcomes("l", "signal");
		this.engine.crashAndStart();

		Object result = this.engine.finish(this.engine.client().handle("l"));

		assertThat(List.of(String.valueOf(result).split(","))).containsExactlyInAnyOrder("one", "two", "three");
		assertThat(outcomes("l", "signal")).isEqualTo(heard);
	}

	@Test
	void aCallbackIsAwaitedByBranchesOfTheRun() {
		List<String> tokens = Collections.synchronizedList(new ArrayList<>());
		this.engine.workflow("caller", String.class, (argument) -> {
			Callback<String> callback = this.workflow.callback(String.class);
			this.engine.step("send", void.class, () -> {
				tokens.add(callback.token());
				return null;
			});
			List<String> heard = this.workflow.parallel(Collections.nCopies(3, callback::await));
			this.workflow.sleep(Duration.ofHours(1));
			return String.join(",", heard) + "," + callback.await();
		}).start();
		this.engine.run("caller", "c", "x");
		await().until(() -> !tokens.isEmpty());
		this.engine.client().complete(tokens.getFirst(), "called");
		await().until(() -> positions("c").contains("6 timer "));
		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("c"))).isEqualTo("called,called,called,called");
	}

	@Test
	void aContextThatWasTakenOutsideABranchSpeaksForTheBranchInside() {
		this.engine.workflow("capturer", String.class, (argument) -> {
			WorkflowContext captured = WorkflowContext.current();
			DurableFuture<Object> branch = captured.async(() -> {
				captured.sleep(Duration.ofHours(1));
				captured.state().set("key", "value");
				return captured.now();
			});
			captured.randomUuid();
			branch.await();
			return captured.state().get("key", String.class).orElse("none");
		}).start();

		assertThat(this.engine.finish(this.engine.run("capturer", "c", "x"))).isEqualTo("value");
		assertThat(positions("c")).contains("1.1 timer ", "1.2 state key", "1.3 time ", "2 uuid ");
	}

	@Test
	void theLastChangeOfTheStateIsTheLastAfterACrashToo() {
		this.engine.workflow("writers", String.class, (argument) -> {
			this.workflow.parallel(List.<Callable<String>>of(() -> write("late", 3), () -> write("early", 1)));
			this.workflow.sleep(Duration.ofHours(1));
			return this.workflow.state().get("shared", String.class).orElse("none") + " of "
					+ this.workflow.state().keys();
		}).start();
		this.engine.run("writers", "w", "x");
		await().until(() -> positions("w").containsAll(List.of("1.1 timer ", "2.1 timer ")));
		this.engine.time().advance(Duration.ofHours(1));
		await().until(() -> positions("w").contains("2.3 state early"));
		this.engine.time().advance(Duration.ofHours(2));
		await().until(() -> positions("w").contains("3 timer "));
		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("w"))).isEqualTo("late of [shared, early, late]");
	}

	private String write(String name, int hours) {
		this.workflow.sleep(Duration.ofHours(hours));
		this.workflow.state().set("shared", name);
		this.workflow.state().set(name, name);
		return name;
	}

	@Test
	void theChanceOfABranchIsItsOwnAndTheSameOnReplay() {
		List<List<Long>> seen = Collections.synchronizedList(new ArrayList<>());
		this.engine.workflow("gambler", String.class, (argument) -> {
			List<Long> drawn = new ArrayList<>(draw());
			List<List<Long>> others = this.workflow.parallel(Collections.nCopies(3, this::draw));
			others.forEach(drawn::addAll);
			seen.add(drawn);
			this.workflow.sleep(Duration.ofHours(1));
			return "done";
		}).start();
		this.engine.run("gambler", "g", "x");
		await().until(() -> positions("g").contains("4 timer "));
		this.engine.crashAndStart();
		this.engine.finish(this.engine.client().handle("g"));

		assertThat(seen).hasSizeGreaterThan(1);
		assertThat(new HashSet<>(seen)).hasSize(1);
		assertThat(seen.getFirst()).doesNotHaveDuplicates();
	}

	private List<Long> draw() {
		return IntStream.range(0, 5).mapToObj((draw) -> this.workflow.random().nextLong()).toList();
	}

	@Test
	void twoHundredBranchesStepSleepAndListenInOneSlot() {
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(1)).workflow("crowd", int.class, (argument) -> {
			List<Callable<Integer>> members = IntStream.range(0, 200)
				.<Callable<Integer>>mapToObj((member) -> () -> attend(member))
				.toList();
			return this.workflow.parallel(members).stream().mapToInt(Integer::intValue).sum();
		}).start();
		WorkflowHandle<?> run = this.engine.run("crowd", "c", "x");
		IntStream.range(0, 200).forEach((member) -> run.signal("word", member));

		assertThat(this.engine.finish(run)).isEqualTo(2 * (199 * 200 / 2));
		await().until(() -> this.engine.engine().health().executingRuns() == 0);
	}

	private int attend(int member) {
		int number = this.engine.step("count", int.class, () -> member);
		this.workflow.sleep(Duration.ofMinutes(member % 10));
		return number + this.workflow.awaitSignal("word", Integer.class);
	}

	@Test
	void aRunInItsBranchesIsSuspendedAndSaysWhatItWaitsFor() {
		this.engine.workflow("waiter", String.class, (argument) -> {
			this.workflow.parallel(List.of(() -> this.workflow.awaitSignal("a", String.class), () -> slept("b", 1)));
			return "done";
		}).start();
		WorkflowHandle<?> run = this.engine.run("waiter", "w", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		assertThat(run.describe().waitingFor())
			.satisfies((what) -> assertThat(what).contains("signal 'a'").contains("timer, due 2026-01-01T01:00:00Z"));
		run.signal("a", "heard");

		assertThat(this.engine.finish(run)).isEqualTo("done");
	}

	private String slept(String name, int hours) {
		this.workflow.sleep(Duration.ofHours(hours));
		return this.engine.step(name, String.class, () -> name);
	}

	private List<String> positions(String id) {
		return this.engine.client()
			.operations(id)
			.stream()
			.map((view) -> view.position() + " " + view.kind() + " " + view.name())
			.sorted()
			.toList();
	}

	private List<String> outcomes(String id, String kind) {
		return this.engine.client()
			.operations(id)
			.stream()
			.filter((view) -> view.kind().equals(kind))
			.map((view) -> view.position() + view.outcome())
			.sorted()
			.toList();
	}

}
