package io.kraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.KraftException;
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
 * A failed run that is retried goes on from the operation whose failure made it fail,
 * wherever that was and whatever its code did about it.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class RetryTests {

	private static final StepDefinition ONE_ATTEMPT = StepDefinition.of("fragile", MethodSignature.of(String.class),
			RetryPolicy.none());

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicInteger before = new AtomicInteger();

	private final AtomicInteger after = new AtomicInteger();

	private final AtomicBoolean broken = new AtomicBoolean(true);

	private final AtomicBoolean sleeps = new AtomicBoolean();

	private final ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
			MethodSignature.of(String.class, String.class), (arguments) -> {
				String value = first() + fragile();
				if (this.sleeps.get()) {
					this.workflow.sleep(Duration.ofHours(1));
				}
				return value;
			});

	RetryTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aStepAfterTheFailureIsForgottenWithIt() {
		failsAndIsMended(() -> {
			try {
				return first() + fragile();
			}
			catch (IllegalStateException ex) {
				mail();
				throw ex;
			}
		});
		assertThat(this.after).hasValue(1);
	}

	@Test
	void aFailureIsFoundInTheCausesOfTheOneThatEndsTheRun() {
		failsAndIsMended(() -> {
			try {
				return first() + fragile();
			}
			catch (IllegalStateException ex) {
				mail();
				throw new IllegalArgumentException("wrapped", new RuntimeException(ex));
			}
		});
	}

	@Test
	void cleaningUpAndSleepingAfterTheFailureAreForgottenWithIt() {
		failsAndIsMended(() -> {
			String value = first();
			try {
				value += fragile();
			}
			finally {
				this.workflow.nonCancellable(this::mail);
				this.workflow.sleep(Duration.ofHours(1));
			}
			return value;
		});
	}

	@Test
	void aFailureThatTheCodeHasHandledStaysAsItWas() {
		this.engine.workflow("w", String.class, (argument) -> {
			String handled;
			try {
				handled = this.engine.step(ONE_ATTEMPT, () -> {
					this.before.incrementAndGet();
					throw new IllegalStateException("down");
				});
			}
			catch (IllegalStateException ex) {
				handled = "handled ";
			}
			return handled + fragile();
		}).start();

		assertThat(retryOf("w")).isEqualTo("handled mended");
		assertThat(this.before).hasValue(1);
	}

	@Test
	void aBranchGoesOnFromItsFailureAndItsCallerFromWhereItLearnedOfThat() {
		failsAndIsMended(() -> {
			DurableFuture<String> branch = this.workflow.async(() -> {
				try {
					return first() + fragile();
				}
				catch (IllegalStateException ex) {
					mail();
					throw ex;
				}
			});
			try {
				return branch.await();
			}
			catch (IllegalStateException ex) {
				mail();
				this.workflow.sleep(Duration.ofHours(1));
				throw ex;
			}
		});
	}

	@Test
	void aBranchWhoseFailureTheCodeHasHandledStaysAsItWas() {
		this.engine.workflow("w", String.class, (argument) -> {
			DurableFuture<String> branch = this.workflow.async(() -> this.engine.step(ONE_ATTEMPT, () -> {
				this.before.incrementAndGet();
				throw new IllegalStateException("down");
			}));
			String handled;
			try {
				handled = branch.await();
			}
			catch (IllegalStateException ex) {
				handled = mail();
			}
			return handled + fragile();
		}).start();

		assertThat(retryOf("w")).isEqualTo("sent mended");
		assertThat(this.before).hasValue(1);
	}

	@Test
	void allBranchesOfAFanOutThatFailedAreMadeAgain() {
		failsAndIsMended(() -> {
			List<Callable<String>> branches = List.of(this::first, this::fragile, this::fragile);
			try {
				List<String> values = this.workflow.parallel(branches);
				return values.get(0) + values.get(2);
			}
			catch (IllegalStateException ex) {
				mail();
				throw ex;
			}
		});
	}

	@Test
	void whatCombinedFuturesHaveFailedWithIsMadeAgain() {
		failsAndIsMended(() -> {
			DurableFuture<String> one = this.workflow.async(this::first);
			DurableFuture<String> other = this.workflow.async(this::fragile);
			try {
				return String.join("", DurableFuture.allOf(one, other).await());
			}
			catch (IllegalStateException ex) {
				mail();
				throw ex;
			}
		});
	}

	@Test
	void whenNoneOfSeveralSucceededAllAreMadeAgain() {
		failsAndIsMended(() -> {
			String value = first();
			DurableFuture<String> one = this.workflow.async(this::fragile);
			DurableFuture<String> other = this.workflow.async(this::fragile);
			try {
				return value + DurableFuture.firstSuccess(one, other).await();
			}
			catch (IllegalStateException ex) {
				mail();
				throw ex;
			}
		});
	}

	@Test
	void aFailedChildIsRetriedWithItsParent() {
		parentAndChild();

		assertThat(retryOf("parent")).isEqualTo("parent: first mended");
		assertThat(this.before).hasValue(1);
		assertThat(this.engine.client().find("r.1").orElseThrow().status()).isEqualTo(WorkflowStatus.COMPLETED);
		assertThat(this.engine.client().find("r.1~2")).isEmpty();
	}

	@Test
	void aParentGoesOnWithAChildThatWasRetriedBefore() {
		parentAndChild();
		fail("parent");
		this.broken.set(false);
		this.engine.finish(this.engine.client().retry("r.1"));

		WorkflowHandle<?> parent = this.engine.client().retry("r");

		assertThat(this.engine.finish(parent)).isEqualTo("parent: first mended");
		assertThat(this.before).hasValue(1);
	}

	@Test
	void aParentWaitsForAChildThatWasRetriedAndHasNotEnded() {
		this.sleeps.set(true);
		this.engine.workflow("parent", String.class, (argument) -> callChild()).start();
		fail("parent");
		this.broken.set(false);
		WorkflowHandle<?> child = this.engine.client().retry("r.1");
		await().until(() -> child.status() == WorkflowStatus.SUSPENDED);

		WorkflowHandle<?> parent = this.engine.client().retry("r");
		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle(parent.id()))).isEqualTo("first mended");
	}

	@Test
	void aParentWaitsForAChildThatWasRetriedAndIsPaused() {
		this.sleeps.set(true);
		this.engine.workflow("parent", String.class, (argument) -> callChild()).start();
		fail("parent");
		this.broken.set(false);
		WorkflowHandle<?> child = this.engine.client().retry("r.1");
		await().until(() -> child.status() == WorkflowStatus.SUSPENDED);
		this.engine.client().pause("r.1");
		await().until(() -> child.status() == WorkflowStatus.PAUSED);

		WorkflowHandle<?> parent = this.engine.client().retry("r");
		this.engine.client().resume("r.1");

		assertThat(this.engine.finish(parent)).isEqualTo("first mended");
	}

	@Test
	void aRetriedRunAndItsChildOutliveACrash() {
		parentAndChild();
		fail("parent");

		this.engine.client().retry("r");
		this.engine.crashAndStart();
		await().until(() -> this.engine.client().find("r").orElseThrow().status() == WorkflowStatus.FAILED);
		this.broken.set(false);

		assertThat(this.engine.finish(this.engine.client().retry("r"))).isEqualTo("parent: first mended");
	}

	@Test
	void aParentWhoseChildCannotBeRetriedIsRefusedBeforeAnythingIsChanged() {
		parentAndChild();
		fail("parent");
		this.engine.client().delete("r.1");

		assertThatExceptionOfType(WorkflowEndedException.class).isThrownBy(() -> this.engine.client().retry("r"))
			.withMessageContaining("r.1")
			.withMessageContaining("restartFrom")
			.withMessageContaining("KRAFT-3003");
		assertThat(this.engine.client().find("r").orElseThrow().status()).isEqualTo(WorkflowStatus.FAILED);
	}

	@Test
	void aRunOfAnotherWorkflowThatHasTheIdOfTheChildMeanwhileIsNotRetried() {
		AtomicInteger others = new AtomicInteger();
		parentAndChild();
		this.engine.workflow("other", String.class, (argument) -> {
			others.incrementAndGet();
			throw new IllegalStateException("other");
		});
		this.engine.crashAndStart();
		fail("parent");
		this.engine.client().delete("r.1");
		WorkflowHandle<?> other = this.engine.run("other", "r.1", "x");
		await().until(() -> other.status() == WorkflowStatus.FAILED);

		assertThatExceptionOfType(WorkflowEndedException.class).isThrownBy(() -> this.engine.client().retry("r"))
			.withMessageContaining("restartFrom");
		this.engine.awaitQuiet();
		assertThat(this.engine.client().find("r").orElseThrow().status()).isEqualTo(WorkflowStatus.FAILED);
		assertThat(others).hasValue(1);
	}

	@Test
	void aSignalThatWasTakenAfterTheFailureComesAgain() {
		this.engine.workflow("w", String.class, (argument) -> {
			try {
				return fragile() + this.workflow.awaitSignal("go", String.class);
			}
			catch (IllegalStateException ex) {
				this.workflow.awaitSignal("go", String.class);
				throw ex;
			}
		}).start();
		WorkflowHandle<?> run = this.engine.run("w", "r", "x");
		this.engine.client().signal("r", "go", " on");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);
		this.broken.set(false);

		assertThat(this.engine.finish(this.engine.client().retry("r"))).isEqualTo("mended on");
	}

	@Test
	void aFailedCallbackIsWaitedForAnew() {
		AtomicReference<String> token = new AtomicReference<>();
		this.engine.workflow("w", String.class, (argument) -> {
			Callback<String> callback = this.workflow.callback(String.class);
			token.set(callback.token());
			try {
				return callback.await();
			}
			catch (RuntimeException ex) {
				mail();
				throw ex;
			}
		}).start();
		WorkflowHandle<?> run = this.engine.run("w", "r", "x");
		await().until(() -> token.get() != null);
		this.engine.client().fail(token.get(), "no");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);

		WorkflowHandle<?> retried = this.engine.client().retry("r");
		this.engine.client().complete(token.get(), "yes");

		assertThat(this.engine.finish(retried)).isEqualTo("yes");
	}

	@Test
	void aRestartBehindACallbackThatIsStillOpenIsRefused() {
		AtomicReference<String> token = new AtomicReference<>();
		this.engine.workflow("w", String.class, (argument) -> {
			Callback<String> callback = this.workflow.callback(String.class);
			token.set(callback.token());
			first();
			return callback.await();
		}).start();
		WorkflowHandle<?> run = this.engine.run("w", "r", "x");
		await().until(() -> this.before.get() == 1);
		this.engine.client().complete(token.get(), "yes");
		assertThat(run.result()).isEqualTo("yes");

		assertThatExceptionOfType(KraftException.class).isThrownBy(() -> this.engine.client().restartFrom("r", "2"))
			.withMessageContaining("position 1")
			.withMessageContaining("KRAFT-1008");
		WorkflowHandle<?> again = this.engine.client().restartFrom("r", "1");
		await().until(() -> this.before.get() == 2);
		this.engine.client().complete(token.get(), "again");
		assertThat(this.engine.finish(again)).isEqualTo("again");
	}

	private void parentAndChild() {
		this.engine.workflow("parent", String.class, (argument) -> {
			try {
				return "parent: " + callChild();
			}
			catch (RuntimeException ex) {
				mail();
				throw ex;
			}
		}).start();
	}

	private String callChild() throws Exception {
		return this.child.call("x");
	}

	private void failsAndIsMended(Callable<String> code) {
		this.engine.workflow("w", String.class, (argument) -> code.call()).start();
		assertThat(retryOf("w")).isEqualTo("first mended");
		assertThat(this.before).hasValue(1);
		this.engine.crashAndStart();
		assertThat(this.engine.client().handle("r").result()).isEqualTo("first mended");
	}

	private Object retryOf(String name) {
		fail(name);
		this.broken.set(false);
		return String.valueOf(this.engine.finish(this.engine.client().retry("r")));
	}

	private void fail(String name) {
		WorkflowHandle<?> run = this.engine.run(name, "r", "x");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> this.engine.finish(run));
	}

	private String first() {
		return this.engine.step("first", String.class, () -> {
			this.before.incrementAndGet();
			return "first ";
		});
	}

	private String fragile() {
		return this.engine.step(ONE_ATTEMPT, () -> {
			if (this.broken.get()) {
				throw new IllegalStateException("down");
			}
			return "mended";
		});
	}

	private String mail() {
		return this.engine.step("mail", String.class, () -> {
			this.after.incrementAndGet();
			return "sent ";
		});
	}

}
