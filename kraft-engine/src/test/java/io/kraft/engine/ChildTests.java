package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import io.kraft.workflow.WorkflowTimeoutException;
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
 * Runs that start others, with waiting runs kept in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class ChildTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	ChildTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	private final ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
			MethodSignature.of(String.class, String.class), (arguments) -> {
				this.workflow.sleep(Duration.ofHours(1));
				return arguments[0] + "!";
			});

	@Test
	void aWorkflowThatIsCalledInARunIsAChildWithAnIdMadeOfItsPlace() {
		this.engine.workflow("parent", String.class, (argument) -> this.child.<String>call("a")).start();

		assertThat(this.engine.finish(this.engine.run("parent", "p", "x"))).isEqualTo("a!");
		assertThat(this.engine.client().find("p.1")).get().satisfies((run) -> assertThat(run.parentId()).contains("p"));
	}

	@Test
	void childrenRunAtOnceAndSurviveACrash() {
		this.engine.workflow("parent", String.class, (argument) -> {
			DurableFuture<String> a = this.workflow.startChild(() -> this.child.<String>call("a"));
			DurableFuture<String> b = this.workflow.startChild(() -> this.child.<String>call("b"));
			return String.join(",", DurableFuture.allOf(a, b).await());
		}).start();
		this.engine.run("parent", "p", "x");
		await().until(() -> this.engine.client().handle("p").status() == WorkflowStatus.SUSPENDED);
		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("p"))).isEqualTo("a!,b!");
	}

	@Test
	void aCancelledParentCancelsTheChildItWaitsFor() {
		this.engine.workflow("parent", String.class, (argument) -> this.child.<String>call("a")).start();
		WorkflowHandle<?> run = this.engine.run("parent", "p", "x");
		await().until(() -> this.engine.client().find("p.1").isPresent()
				&& this.engine.client().handle("p.1").status() == WorkflowStatus.SUSPENDED);

		run.cancel();

		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(run::result);
		assertThatExceptionOfType(WorkflowCancelledException.class)
			.isThrownBy(() -> this.engine.client().handle("p.1").result());
	}

	@Test
	void aChildsDeclaredExceptionReachesItsParentAsItself() {
		ProxiedWorkflow failing = failing(() -> new OutOfStockException("none left"));
		this.engine.workflow("parent", String.class, (argument) -> {
			List<String> seen = new ArrayList<>();
			seen.add(failureOf(() -> failing.call("a")));
			DurableFuture<String> future = this.workflow.startChild(() -> failing.<String>call("b"));
			this.workflow.sleep(Duration.ofHours(2));
			seen.add(failureOf(future::await));
			return String.join(", ", seen);
		}).start();

		assertThat(this.engine.finish(this.engine.run("parent", "p", "x")))
			.isEqualTo("OutOfStockException none left, OutOfStockException none left");
		assertThat(status("p.1")).isEqualTo(WorkflowStatus.FAILED);
	}

	@Test
	void anExceptionThatCannotBeRestoredReachesTheParentWithinAWorkflowFailedException() {
		ProxiedWorkflow failing = failing(() -> new UndeclaredException("none left"));
		this.engine.workflow("parent", String.class, (argument) -> failing.call("a")).start();

		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> this.engine.finish(this.engine.run("parent", "p", "x")))
			.havingCause()
			.isInstanceOf(WorkflowFailedException.class)
			.withMessageStartingWith("KRAFT-2005: workflow 'p.1' (failing) failed with")
			.havingCause()
			.withMessageContaining("none left");
		assertThat(status("p")).isEqualTo(WorkflowStatus.FAILED);
	}

	@Test
	void aChildThatIsCancelledOrTerminatedIsAFailureThatItsParentMayCatch() {
		this.engine.workflow("parent", String.class, (argument) -> {
			DurableFuture<String> a = this.workflow.startChild(() -> this.child.<String>call("a"));
			DurableFuture<String> b = this.workflow.startChild(() -> this.child.<String>call("b"));
			return typeOfFailure(a::await) + ", " + typeOfFailure(b::await) + ", "
					+ this.engine.step("next", String.class, () -> "next");
		}).start();
		WorkflowHandle<?> run = this.engine.run("parent", "p", "x");
		awaitSuspended("p", "p.1", "p.2");

		this.engine.client().terminate("p.2");
		this.engine.client().cancel("p.1");

		assertThat(run.result()).isEqualTo("WorkflowCancelledException, WorkflowCancelledException, next");
		assertThat(status("p.1")).isEqualTo(WorkflowStatus.CANCELLED);
		assertThat(status("p.2")).isEqualTo(WorkflowStatus.TERMINATED);
	}

	@Test
	void aParentThatDoesNotCatchTheCancellationOfItsChildHasFailed() {
		this.engine.workflow("parent", String.class, (argument) -> this.child.<String>call("a")).start();
		WorkflowHandle<?> run = this.engine.run("parent", "p", "x");
		awaitSuspended("p", "p.1");

		this.engine.client().cancel("p.1");

		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result)
			.havingCause()
			.isInstanceOf(WorkflowCancelledException.class);
		assertThat(run.status()).isEqualTo(WorkflowStatus.FAILED);
	}

	@Test
	void aChildHasItsOwnTimeout() {
		ProxiedWorkflow slow = ProxiedWorkflow.define(this.engine,
				(body) -> WorkflowDefinition.of("slow", MethodSignature.of(String.class, String.class), body)
					.withTimeout(Duration.ofMinutes(5)),
				(arguments) -> this.child.call(arguments));
		this.engine.workflow("parent", String.class, (argument) -> typeOfFailure(() -> slow.call("a"))).start();

		WorkflowHandle<?> run = this.engine.run("parent", "p", "x");
		awaitSuspended("p", "p.1", "p.1.1");

		this.engine.time().advance(Duration.ofMinutes(5));

		assertThat(run.result()).isEqualTo("WorkflowTimeoutException");
		assertThat(status("p.1")).isEqualTo(WorkflowStatus.TIMED_OUT);
		await().untilAsserted(() -> assertThat(status("p.1.1")).isEqualTo(WorkflowStatus.CANCELLED));
	}

	@Test
	void aParentWhoseTimeIsOverCancelsTheChildItWaitsFor() {
		this.engine.workflow("parent", String.class, (argument) -> this.child.<String>call("a")).start();
		WorkflowHandle<?> run = this.engine.client()
			.start("parent", StartOptions.defaults().id("p").timeout(Duration.ofMinutes(1)), "x");
		awaitSuspended("p", "p.1");

		this.engine.time().advance(Duration.ofMinutes(1));

		assertThatExceptionOfType(WorkflowTimeoutException.class).isThrownBy(run::result);
		await().untilAsserted(() -> assertThat(status("p.1")).isEqualTo(WorkflowStatus.CANCELLED));
	}

	@Test
	void aCancelledParentCancelsTheChildrenItWaitsForAndNoOthers() {
		this.engine.workflow("parent", String.class, (argument) -> {
			DurableFuture<String> a = this.workflow.startChild(() -> this.child.<String>call("a"));
			DurableFuture<String> b = this.workflow.startChild(() -> this.child.<String>call("b"));
			DurableFuture<String> c = this.workflow.startChild(() -> this.child.<String>call("c"));
			this.workflow.parallel(List.of(() -> this.child.<String>call("d"), () -> DurableFuture.allOf(a, b).await(),
					() -> this.workflow.awaitSignal("never", String.class)));
			return c.await();
		}).start();
		WorkflowHandle<?> run = this.engine.run("parent", "p", "x");
		awaitSuspended("p", "p.1", "p.2", "p.3", "p.4.1");

		run.cancel();

		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(run::result);
		for (String cancelled : List.of("p.1", "p.2", "p.4.1")) {
			await()
				.untilAsserted(() -> assertThat(status(cancelled)).as(cancelled).isEqualTo(WorkflowStatus.CANCELLED));
		}
		assertThat(this.engine.finish(this.engine.client().handle("p.3"))).isEqualTo("c!");
	}

	@Test
	void aCancelledParentCancelsItsGrandchildrenAlongTheWaits() {
		ProxiedWorkflow middle = ProxiedWorkflow.define(this.engine, "middle",
				MethodSignature.of(String.class, String.class), (arguments) -> this.child.call(arguments));
		this.engine.workflow("parent", String.class, (argument) -> middle.<String>call("a")).start();
		WorkflowHandle<?> run = this.engine.run("parent", "p", "x");
		awaitSuspended("p", "p.1", "p.1.1");

		run.cancel();

		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(run::result);
		await().untilAsserted(() -> assertThat(status("p.1")).isEqualTo(WorkflowStatus.CANCELLED));
		await().untilAsserted(() -> assertThat(status("p.1.1")).isEqualTo(WorkflowStatus.CANCELLED));
		assertThat(this.engine.client().find("p.1.1")).get()
			.satisfies((found) -> assertThat(found.parentId()).contains("p.1"));
	}

	@Test
	void childrenOfBranchesAndOfCombinedFuturesComeBack() {
		ProxiedWorkflow quick = ProxiedWorkflow.define(this.engine, "quick",
				MethodSignature.of(String.class, String.class), (arguments) -> arguments[0] + "?");
		ProxiedWorkflow failing = failing(() -> new IllegalStateException("broken"));
		this.engine.workflow("parent", String.class, (argument) -> {
			List<String> seen = new ArrayList<>(this.workflow.parallel(List.of(() -> this.child.<String>call("a"),
					() -> quick.<String>call("b"), () -> this.child.<String>call("c"))));
			DurableFuture<String> slow = this.workflow.startChild(() -> this.child.<String>call("d"));
			DurableFuture<String> fast = this.workflow.startChild(() -> quick.<String>call("e"));
			DurableFuture<String> broken = this.workflow.startChild(() -> failing.<String>call("f"));
			seen.add(DurableFuture.anyOf(slow, fast).await());
			seen.add(DurableFuture.firstSuccess(broken, slow).await());
			seen.add(failureOf(DurableFuture.allOf(slow, fast, broken)::await));
			seen.add(DurableFuture.allOf(fast, slow).await().toString());
			return String.join(" ", seen);
		}).start();

		assertThat(this.engine.finish(this.engine.run("parent", "p", "x")))
			.isEqualTo("a! b? c! e? d! IllegalStateException broken [e?, d!]");
		assertThat(this.engine.client().operations("p")).isNotEmpty();
	}

	@Test
	void aFailureOfAllOfCancelsTheChildrenThatAreOpen() {
		ProxiedWorkflow failing = failing(() -> new IllegalStateException("broken"));
		this.engine.workflow("parent", String.class, (argument) -> {
			DurableFuture<String> slow = this.workflow.startChild(() -> this.child.<String>call("d"));
			DurableFuture<String> broken = this.workflow.startChild(() -> failing.<String>call("f"));
			return failureOf(DurableFuture.allOf(slow, broken)::await);
		}).start();

		assertThat(this.engine.run("parent", "p", "x").result()).isEqualTo("IllegalStateException broken");
		await().untilAsserted(() -> assertThat(status("p.1")).isEqualTo(WorkflowStatus.CANCELLED));
	}

	@Test
	void aRunThatWentOnAfterItCombinedItsChildrenIsCancelledWhereItWaits() {
		this.engine.workflow("parent", String.class, (argument) -> {
			DurableFuture<String> a = this.workflow.startChild(() -> this.child.<String>call("a"));
			DurableFuture<String> either = DurableFuture.anyOf(a);
			this.engine.step("next", String.class, () -> "next");
			return either.await();
		}).start();
		this.engine.run("parent", "p", "x");
		awaitSuspended("p", "p.1");
		this.engine.client().cancel("p");
		this.engine.crashAndStart();

		await().untilAsserted(() -> assertThat(status("p")).isEqualTo(WorkflowStatus.CANCELLED));
		await().untilAsserted(() -> assertThat(status("p.1")).isEqualTo(WorkflowStatus.CANCELLED));
	}

	@Test
	void aWaitForAChildEndsWhenItsTimeIsOverAndTheChildGoesOn() {
		this.engine.workflow("parent", String.class, (argument) -> {
			DurableFuture<String> future = this.workflow.startChild(() -> this.child.<String>call("a"));
			return future.await(Duration.ofMinutes(1)).orElse("not yet") + " " + future.await();
		}).start();

		assertThat(this.engine.finish(this.engine.run("parent", "p", "x"))).isEqualTo("not yet a!");
	}

	@Test
	void theFutureOfAChildCancelsIt() {
		this.engine.workflow("parent", String.class, (argument) -> {
			DurableFuture<String> future = this.workflow.startChild(() -> this.child.<String>call("a"));
			future.cancel();
			return typeOfFailure(future::await);
		}).start();

		assertThat(this.engine.run("parent", "p", "x").result()).isEqualTo("WorkflowCancelledException");
	}

	@Test
	void aParentGivesItsSlotToItsChild() {
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(1));
		ProxiedWorkflow middle = ProxiedWorkflow.define(this.engine, "middle",
				MethodSignature.of(String.class, String.class), (arguments) -> this.child.call(arguments));
		this.engine.workflow("parent", String.class, (argument) -> {
			DurableFuture<String> b = this.workflow.startChild(() -> middle.<String>call("b"));
			return middle.<String>call("a") + b.await();
		}).start();

		assertThat(this.engine.finish(this.engine.run("parent", "p", "x"))).isEqualTo("a!b!");
	}

	@Test
	void aChildOutlivesItsParentAndLeavesNothingInItsInbox() {
		this.engine.workflow("parent", String.class, (argument) -> {
			this.workflow.startChild(() -> this.child.<String>call("a"));
			return "done";
		}).start();

		assertThat(this.engine.run("parent", "p", "x").result()).isEqualTo("done");
		this.engine.awaitQuiet();
		assertThat(this.engine.finish(this.engine.client().handle("p.1"))).isEqualTo("a!");
		assertThat(this.engine.stores()).allSatisfy((store) -> assertThat(store.runsWithMessages(0, 10)).isEmpty());
	}

	@Test
	void aChildThatNobodyWaitsForLeavesNothingInTheInboxOfItsParent() {
		this.engine.workflow("parent", String.class, (argument) -> {
			this.workflow.startChild(() -> this.child.<String>call("a"));
			this.workflow.sleep(Duration.ofHours(2));
			return "done";
		}).start();

		assertThat(this.engine.finish(this.engine.run("parent", "p", "x"))).isEqualTo("done");
		// In another partition it may have begun late.
		this.engine.finish(this.engine.client().handle("p.1"));
		assertThat(status("p.1")).isEqualTo(WorkflowStatus.COMPLETED);
		await().untilAsserted(() -> assertThat(this.engine.stores())
			.allSatisfy((store) -> assertThat(store.runsWithMessages(0, 10)).isEmpty()));
	}

	@Test
	void nothingIsLeftOfAParentAndItsChildrenWhenTheirRetentionIsOver() {
		this.engine.assumeOnePartition("of several, each keeps its highest number and the marks of its channels");
		this.engine.workflow("parent", String.class, (argument) -> {
			this.workflow.startChild(() -> this.child.<String>call("a"));
			return this.child.<String>call("b");
		}).start();
		int before = this.engine.medium().size();
		WorkflowHandle<?> run = this.engine.run("parent", "p", "x");
		awaitSuspended("p", "p.1", "p.2");
		run.cancel();
		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(run::result);
		this.engine.finish(this.engine.client().handle("p.1"));
		await().until(() -> status("p.2") == WorkflowStatus.CANCELLED);

		this.engine.time().advance(Duration.ofDays(8));

		await().untilAsserted(() -> {
			this.engine.moveToNextDue();
			assertThat(this.engine.client().find("p.1")).isEmpty();
			assertThat(this.engine.client().find("p.2")).isEmpty();
			assertThat(this.engine.medium().size()).as("with the highest number of a run, and its time")
				.isEqualTo(before + 2);
		});
	}

	private ProxiedWorkflow failing(Supplier<Exception> failure) {
		ClassLoader loader = getClass().getClassLoader();
		MethodSignature signature = new MethodSignature(List.of(String.class), String.class,
				List.of(OutOfStockException.class), loader);
		return ProxiedWorkflow.define(this.engine, "failing", signature, (arguments) -> {
			throw failure.get();
		});
	}

	private static String failureOf(Callable<?> code) {
		try {
			return "no failure but " + code.call();
		}
		catch (Exception ex) {
			return ex.getClass().getSimpleName() + " " + ex.getMessage();
		}
	}

	private static String typeOfFailure(Callable<?> code) {
		String failure = failureOf(code);
		return failure.substring(0, failure.indexOf(' '));
	}

	private void awaitSuspended(String... ids) {
		for (String id : ids) {
			await().until(() -> status(id) == WorkflowStatus.SUSPENDED);
		}
	}

	private @Nullable WorkflowStatus status(String id) {
		return this.engine.client().find(id).map(WorkflowDescription::status).orElse(null);
	}

	static final class OutOfStockException extends Exception {

		private static final long serialVersionUID = 1;

		OutOfStockException(String message) {
			super(message);
		}

	}

	static final class UndeclaredException extends RuntimeException {

		private static final long serialVersionUID = 1;

		UndeclaredException(String message) {
			super(message);
		}

	}

}
