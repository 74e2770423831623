package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.workflow.WorkflowFailedException;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Code that changes under its runs, and runs that go on for ever, with waiting runs kept
 * in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class ChangeTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

	ChangeTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aRunThatWasPastThePointOfAPatchGoesOnWithTheOldPathAndANewRunTakesTheNewOne() {
		this.engine.workflow("order", String.class, (argument) -> {
			String charged = step("charge");
			this.workflow.sleep(Duration.ofHours(1));
			return charged + step("ship");
		}).start();
		WorkflowHandle<?> old = this.engine.run("order", "old", "x");
		await().until(() -> old.status() == WorkflowStatus.SUSPENDED);
		this.engine.crash();

		this.engine.workflow("order", String.class, (argument) -> {
			String charged = this.workflow.patched("check first") ? step("check") + step("charge") : step("charge");
			this.workflow.sleep(Duration.ofHours(1));
			return charged + step("ship") + this.workflow.patched("check first");
		}).start();

		assertThat(this.engine.finish(this.engine.run("order", "new", "x"))).isEqualTo("checkchargeshiptrue");
		assertThat(this.engine.finish(this.engine.client().handle("old"))).isEqualTo("chargeshipfalse");
	}

	@Test
	void aRunThatHasNotComeToAPatchTakesTheNewPathAndKeepsIt() {
		this.engine.workflow("order", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofHours(1));
			return step("ship");
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "o", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.crash();

		this.engine.workflow("order", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofHours(1));
			if (this.workflow.patched("by train")) {
				this.workflow.sleep(Duration.ofHours(1));
				return step("by train");
			}
			return step("ship");
		}).start();
		this.engine.time().advance(Duration.ofHours(1));
		await().until(() -> this.engine.client().operations("o").size() == 4);
		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("o"))).isEqualTo("by train");
	}

	@Test
	void aRunThatContinuesAsNewKeepsItsIdItsStateAndItsSignals() {
		this.engine.workflow("counter", String.class, (argument) -> {
			int rounds = this.workflow.state().get("rounds", Integer.class).orElse(0);
			this.workflow.state().set("rounds", rounds + 1);
			String signal = this.workflow.awaitSignal("next", String.class);
			if (rounds < 3) {
				return this.workflow.continueAsNew(argument + signal);
			}
			return argument + signal + rounds;
		}).start();
		this.engine.run("counter", "c", "-");
		for (String signal : List.of("a", "b", "c")) {
			this.engine.client().signal("c", "next", signal);
		}
		await().until(() -> this.engine.client().handle("c").status() == WorkflowStatus.SUSPENDED
				&& this.engine.client().operations("c").getFirst().arguments().contains("-abc"));
		this.engine.crashAndStart();
		this.engine.client().signal("c", "next", "d");

		assertThat(this.engine.finish(this.engine.client().handle("c"))).isEqualTo("-abcd3");
		assertThat(this.engine.client().operations("c")).as("only the last").hasSize(4);
	}

	@Test
	void aContinuedRunIsRestartedWithItsInputItsStateAndItsTimeOut() {
		AtomicReference<Duration> lastSleep = new AtomicReference<>(Duration.ofMinutes(50));
		this.engine.workflow("counter", String.class, (argument) -> {
			String before = this.workflow.state().get("seen", String.class).orElse("");
			this.workflow.state().set("seen", before + argument);
			step(argument);
			if (argument.equals("a")) {
				this.workflow.sleep(Duration.ofMinutes(50));
				return this.workflow.continueAsNew("b");
			}
			this.workflow.sleep(lastSleep.get());
			return before + argument;
		}).start();
		WorkflowHandle<?> run = this.engine.client()
			.start("counter", StartOptions.defaults().id("c").timeout(Duration.ofHours(1)), "a");
		sleepThrough(run, Duration.ofMinutes(50));
		await().until(() -> this.seen.size() == 2);
		sleepThrough(run, Duration.ofMinutes(10));
		assertThatExceptionOfType(WorkflowTimeoutException.class).isThrownBy(run::result);

		WorkflowHandle<?> again = this.engine.client().restart("c");
		sleepThrough(again, Duration.ofMinutes(50));
		WorkflowHandle<?> fromTheSleep = this.engine.client().restartFrom("c", "3");
		sleepThrough(fromTheSleep, Duration.ofMinutes(50));

		assertThat(again.result()).isEqualTo("ab");
		assertThat(fromTheSleep.result()).isEqualTo("ab");
		assertThat(this.seen).containsExactly("a", "b", "b");
		lastSleep.set(Duration.ofMinutes(70));
		WorkflowHandle<?> tooLong = this.engine.client().restart("c");
		sleepThrough(tooLong, Duration.ofMinutes(60));
		assertThatExceptionOfType(WorkflowTimeoutException.class).isThrownBy(tooLong::result);
	}

	private void sleepThrough(WorkflowHandle<?> run, Duration sleep) {
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.time().advance(sleep);
	}

	@Test
	void aRunThatIsPausedJustAsItContinuesAsNewIsPausedBeforeItsCodeIsCalledAgain() {
		AtomicBoolean continues = new AtomicBoolean();
		this.engine.workflow("order", String.class, (argument) -> {
			step(argument);
			continues.set(argument.equals("old"));
			return argument.equals("new") ? "done" : this.workflow.continueAsNew("new");
		}).withStore((store) -> new ForwardingStore(store) {
			@Override
			public void readMessages(long run, long after, MessageVisitor visitor) {
				// What the run had received is read when its code is left for good.
				if (continues.compareAndSet(true, false)) {
					CompletableFuture.runAsync(() -> ChangeTests.this.engine.client().pause("o")).join();
				}
				super.readMessages(run, after, visitor);
			}
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "o", "old");

		await().until(() -> run.status() == WorkflowStatus.PAUSED);
		assertThat(this.seen).containsExactly("old");
		this.engine.client().resume("o");

		assertThat(run.result()).isEqualTo("done");
	}

	@Test
	void childrenOfAContinuedRunAreNewOnes() {
		ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
				MethodSignature.of(String.class, String.class), (arguments) -> {
					this.workflow.sleep(Duration.ofHours(1));
					return step("child " + arguments[0]);
				});
		this.engine.workflow("parent", String.class, (argument) -> {
			DurableFuture<String> running = this.workflow.startChild(() -> child.<String>call(argument));
			String result = (argument.length() < 3) ? "" : running.await();
			return (argument.length() < 3) ? this.workflow.continueAsNew(argument + "x") : result;
		}).start();

		assertThat(this.engine.finish(this.engine.run("parent", "p", "x"))).isEqualTo("child xxx");
		assertThat(this.engine.client().find("p.1")).isPresent();
		assertThat(this.engine.client().find("p+1.1")).isPresent();
		assertThat(this.engine.client().find("p+2.1")).isPresent();
	}

	@Test
	void continuingWithOtherArgumentsThanTheWorkflowTakesOrInABranchIsAMistake() {
		this.engine.workflow("many", String.class, (argument) -> this.workflow.continueAsNew("a", "b"))
			.workflow("branch", String.class,
					(argument) -> this.workflow.<String>async(() -> this.workflow.continueAsNew("a")).await())
			.start();

		for (String name : List.of("many", "branch")) {
			assertThatExceptionOfType(WorkflowFailedException.class)
				.isThrownBy(() -> this.engine.run(name, name, "x").result())
				.withCauseInstanceOf(InvalidCallException.class)
				.havingCause()
				.withMessageStartingWith("KRAFT-1008");
		}
	}

	private String step(String name) {
		return this.engine.step(name, String.class, () -> {
			this.seen.add(name);
			return name;
		});
	}

}
