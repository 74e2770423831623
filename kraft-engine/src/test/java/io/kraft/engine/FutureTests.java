package io.kraft.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.InvalidCallException;
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
 * What a run learns of its branches, and when, with waiting runs kept in memory and
 * unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class FutureTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final CountDownLatch gate = new CountDownLatch(1);

	FutureTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.gate.countDown();
		this.engine.close();
	}

	@Test
	void theFirstFailureOfAllCancelsTheOthers() {
		List<String> seen = Collections.synchronizedList(new ArrayList<>());
		this.engine.workflow("all", String.class, (argument) -> {
			DurableFuture<String> slow = this.workflow.async(() -> {
				try {
					return slept("slow", 1000);
				}
				finally {
					seen.add("slow ended");
				}
			});
			DurableFuture<String> failing = this.workflow.async(() -> failed("failing", 1));
			return caught(() -> DurableFuture.allOf(slow, failing).await().toString()) + "," + caught(slow::await);
		}).start();

		WorkflowHandle<?> run = this.engine.run("all", "a", "x");
		await().until(() -> positions("a").containsAll(List.of("1.1 timer ", "2.1 timer ")));
		this.engine.time().advance(Duration.ofHours(1));

		assertThat(run.result()).isEqualTo("IOException failing,WorkflowCancelledException");
		assertThat(seen).contains("slow ended");
	}

	/** The last part may fail between two looks of the one before it. */
	@Test
	void aFailureThatComesWhileOthersAreLookedAtIsSeen() {
		this.engine.workflow("all", String.class, (argument) -> {
			CyclicBarrier together = new CyclicBarrier(2);
			DurableFuture<String> fine = this.workflow.async(() -> {
				together.await();
				return "fine";
			});
			DurableFuture<String> failing = this.workflow.async(() -> {
				together.await();
				throw new IllegalStateException("down");
			});
			return caught(() -> DurableFuture.allOf(fine, failing).await().toString());
		}).start();

		for (int i = 0; i < 500; i++) {
			assertThat(this.engine.run("all", "a" + i, "x").result()).isEqualTo("IllegalStateException down");
		}
	}

	@Test
	void allOfNothingIsAnEmptyListAndTheFirstOfNothingIsRefused() {
		this.engine.workflow("nothing", String.class, (argument) -> {
			List<DurableFuture<String>> none = List.of();
			assertThatExceptionOfType(InvalidCallException.class).isThrownBy(() -> DurableFuture.anyOf(none))
				.withMessageStartingWith("KRAFT-1008");
			assertThatExceptionOfType(InvalidCallException.class).isThrownBy(() -> DurableFuture.firstSuccess(none))
				.withMessageStartingWith("KRAFT-1008");
			return DurableFuture.allOf(none).await().toString();
		}).start();

		assertThat(this.engine.finish(this.engine.run("nothing", "n", "x"))).isEqualTo("[]");
	}

	@Test
	void theWinnerStaysTheWinnerThoughTheOtherIsReadyFirstOnReplay() {
		this.engine.workflow("race", String.class, (argument) -> {
			DurableFuture<String> slow = this.workflow.async(() -> gated("slow"));
			DurableFuture<String> fast = this.workflow.async(() -> slept("fast", 0));
			String winner = DurableFuture.anyOf(slow, fast).await();
			String success = DurableFuture.firstSuccess(slow, fast).await();
			this.gate.countDown();
			String later = slow.await();
			this.workflow.sleep(Duration.ofHours(1));
			return winner + "," + success + "," + later;
		}).start();
		this.engine.run("race", "r", "x");
		await().until(() -> positions("r").contains("8 timer "));
		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("r"))).isEqualTo("fast,fast,slow");
	}

	@Test
	void aFailureMayBeFirst() {
		this.engine.workflow("race", String.class, (argument) -> {
			DurableFuture<String> slow = this.workflow.async(() -> slept("slow", 5));
			DurableFuture<String> failing = this.workflow.async(() -> failed("failing", 0));
			return caught(DurableFuture.anyOf(slow, failing)::await) + ","
					+ DurableFuture.firstSuccess(failing, slow).await();
		}).start();

		assertThat(this.engine.finish(this.engine.run("race", "r", "x"))).isEqualTo("IOException failing,slow");
	}

	@Test
	void ifAllFailTheFirstOfTheListIsTheFailure() {
		this.engine.workflow("race", String.class, (argument) -> {
			DurableFuture<String> late = this.workflow.async(() -> failed("late", 5));
			DurableFuture<String> early = this.workflow.async(() -> failed("early", 0));
			DurableFuture<String> first = DurableFuture.firstSuccess(late, early);
			String one = caught(first::await);
			this.workflow.sleep(Duration.ofHours(1));
			return one + "," + caught(first::await);
		}).start();
		this.engine.run("race", "r", "x");
		await().until(() -> positions("r").contains("1.1 timer "));
		this.engine.time().advance(Duration.ofHours(5));
		await().until(() -> positions("r").contains("5 timer "));
		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("r"))).isEqualTo("IOException late,IOException late");
	}

	@Test
	void combinationsAreCombinedAndCancelled() {
		this.engine.workflow("mixer", String.class, (argument) -> {
			DurableFuture<String> a = this.workflow.async(() -> slept("a", 100));
			DurableFuture<String> b = this.workflow.async(() -> slept("b", 200));
			DurableFuture<String> c = this.workflow.async(() -> slept("c", 1));
			DurableFuture<List<String>> both = DurableFuture.allOf(a, b);
			Object winner = DurableFuture.<Object>anyOf(both, c).await();
			both.cancel();
			return winner + "," + caught(a::await) + "," + caught(b::await) + "," + c.await();
		}).start();

		WorkflowHandle<?> run = this.engine.run("mixer", "m", "x");
		await().until(() -> positions("m").containsAll(List.of("1.1 timer ", "2.1 timer ", "3.1 timer ")));
		this.engine.time().advance(Duration.ofHours(1));

		assertThat(run.result()).isEqualTo("c,WorkflowCancelledException,WorkflowCancelledException,c");
	}

	@Test
	void aCancellationStrikesWhereTheCodeIsAndNotAtACombinationThatIsUndecided() {
		this.engine.workflow("mixer", String.class, (argument) -> {
			DurableFuture<String> a = this.workflow.async(() -> slept("a", 100));
			DurableFuture.anyOf(a);
			slept("step", 0);
			return caught(() -> slept("b", 50));
		}).start();
		WorkflowHandle<?> run = this.engine.run("mixer", "m", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.crashAndStart();
		this.engine.client().cancel("m");

		assertThat(this.engine.client().handle("m").result()).isEqualTo("WorkflowCancelledException");
	}

	@Test
	void aWaitForABranchEndsWhenItsTimeIsOver() {
		this.engine.workflow("patient", String.class, (argument) -> {
			DurableFuture<String> slow = this.workflow.async(() -> slept("slow", 2));
			return slow.await(Duration.ofHours(1)) + "," + slow.await(Duration.ZERO) + "," + slow.await() + ","
					+ slow.await(Duration.ZERO);
		}).start();
		this.engine.run("patient", "p", "x");
		await().until(() -> positions("p").contains("1.1 timer "));
		this.engine.time().advance(Duration.ofHours(1));
		await().until(() -> positions("p").contains("3 await "));

		assertThat(this.engine.finish(this.engine.client().handle("p")))
			.isEqualTo("Optional.empty,Optional.empty,slow,Optional[slow]");
	}

	@Test
	void aWaitForABranchGoesOnToTheSameTimeAfterACrash() {
		this.engine.workflow("patient", String.class, (argument) -> {
			DurableFuture<String> slow = this.workflow.async(() -> slept("slow", 100));
			return slow.await(Duration.ofHours(10)) + " at " + this.workflow.now();
		}).start();
		WorkflowHandle<?> run = this.engine.run("patient", "p", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.time().advance(Duration.ofHours(4));
		this.engine.crashAndStart();
		this.engine.time().advance(Duration.ofHours(5));
		assertThat(this.engine.client().handle("p").status()).isEqualTo(WorkflowStatus.SUSPENDED);
		this.engine.time().advance(Duration.ofHours(1));
		await().until(() -> {
			// A timer that is due when it is set fires with the next move of the clock.
			this.engine.time().advance(Duration.ZERO);
			return this.engine.client().handle("p").status() == WorkflowStatus.COMPLETED;
		});

		assertThat(this.engine.client().handle("p").result()).isEqualTo("Optional.empty at 2026-01-01T10:00:00Z");
	}

	@Test
	void aTimeThatWasOverStaysOverThoughTheBranchIsDoneOnReplay() {
		this.engine.workflow("patient", String.class, (argument) -> {
			DurableFuture<String> slow = this.workflow.async(() -> gated("slow"));
			String early = String.valueOf(slow.await(Duration.ofHours(1)));
			this.gate.countDown();
			String late = slow.await();
			this.workflow.sleep(Duration.ofHours(1));
			return early + "," + late;
		}).start();
		this.engine.run("patient", "p", "x");
		await().until(() -> positions("p").contains("2 await "));
		this.engine.time().advance(Duration.ofHours(1));
		await().until(() -> positions("p").contains("4 timer "));
		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("p"))).isEqualTo("Optional.empty,slow");
	}

	@Test
	void aBranchAwaitsWhatAnotherBranchOpened() {
		this.engine.workflow("relay", String.class, (argument) -> {
			DurableFuture<String> first = this.workflow.async(() -> slept("first", 1));
			List<String> results = this.workflow.parallel(List.of(() -> first.await() + 1, () -> first.await() + 2));
			return results.toString();
		}).start();

		assertThat(this.engine.finish(this.engine.run("relay", "r", "x"))).isEqualTo("[first1, first2]");
	}

	@Test
	void aCancelledBranchEndsAtItsNextDurableCallAndCancellingItAgainDoesNothing() {
		this.engine.workflow("canceller", String.class, (argument) -> {
			DurableFuture<String> listener = this.workflow.async(() -> this.workflow.awaitSignal("a", String.class));
			DurableFuture<String> done = this.workflow.async(() -> slept("done", 0));
			done.await();
			listener.cancel();
			listener.cancel();
			done.cancel();
			return caught(listener::await) + "," + done.await() + "," + slept("after", 1);
		}).start();

		assertThat(this.engine.finish(this.engine.run("canceller", "c", "x")))
			.isEqualTo("WorkflowCancelledException,done,after");
	}

	@Test
	void aRunThatAwaitsABranchItHasCancelledFails() {
		this.engine.workflow("canceller", String.class, (argument) -> {
			DurableFuture<String> listener = this.workflow.async(() -> this.workflow.awaitSignal("a", String.class));
			listener.cancel();
			return listener.await();
		}).start();
		WorkflowHandle<?> run = this.engine.run("canceller", "c", "x");

		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.engine.finish(run))
			.havingCause()
			.isInstanceOf(WorkflowCancelledException.class);
		assertThat(run.status()).isEqualTo(WorkflowStatus.FAILED);
	}

	private String slept(String name, int hours) {
		this.workflow.sleep(Duration.ofHours(hours));
		return this.engine.step(name, String.class, () -> name);
	}

	private String gated(String name) {
		return this.engine.step(name, String.class, () -> {
			this.gate.await();
			return name;
		});
	}

	private String failed(String name, int hours) throws IOException {
		this.workflow.sleep(Duration.ofHours(hours));
		throw new IOException(name);
	}

	private static String caught(Callable<String> code) {
		try {
			return code.call();
		}
		catch (WorkflowCancelledException ex) {
			return "WorkflowCancelledException";
		}
		catch (Exception ex) {
			return ex.getClass().getSimpleName() + " " + ex.getMessage();
		}
	}

	private List<String> positions(String id) {
		return this.engine.client()
			.operations(id)
			.stream()
			.map((view) -> view.position() + " " + view.kind() + " " + view.name())
			.toList();
	}

}
