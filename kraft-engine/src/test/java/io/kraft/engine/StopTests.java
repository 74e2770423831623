package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.StaleEpochException;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.FaultyStore;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The ends of an engine: on request, by a failed store, by another owner.
 */
@Timeout(60)
class StopTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final CountDownLatch entered = new CountDownLatch(1);

	private final List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());

	private final List<String> after = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void close() {
		this.gate.countDown();
		this.engine.close();
	}

	private WorkflowHandle<?> startOrder() throws InterruptedException {
		this.engine.workflow("order", String.class, (argument) -> {
			String charged = this.engine.step("charge", String.class, () -> {
				this.attempts.add(StepContext.current().attempt());
				this.entered.countDown();
				this.gate.await();
				return "charged";
			});
			return this.engine.step("ship", String.class, () -> {
				this.after.add("ship");
				return charged + ", shipped";
			});
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "order-7", "x");
		this.entered.await();
		return run;
	}

	@Test
	void aGracefulStopLetsARunningStepFinishAndRecordsIt() throws Exception {
		this.engine.with((builder) -> builder.shutdownGracePeriod(Duration.ofSeconds(30)));
		WorkflowHandle<?> run = startOrder();
		CompletableFuture<?> result = run.resultAsync();

		CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> this.engine.engine().stop());
		await().until(() -> this.engine.engine().health().state() == EngineHealth.State.STOPPING);
		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(() -> this.engine.run("order", "o2", "x"));
		this.gate.countDown();
		stop.get(30, TimeUnit.SECONDS);

		assertThat(result).isCompletedExceptionally();
		assertThat(result.exceptionNow()).isInstanceOf(EngineStoppedException.class);
		assertThat(this.after).as("no further step is begun").isEmpty();
		this.engine.start();
		assertThat(this.engine.client().handle("order-7").result()).isEqualTo("charged, shipped");
		assertThat(this.attempts).containsExactly(1);
	}

	@Test
	void aStepThatDoesNotFinishInTimeIsCutOffAndNotCounted() throws Exception {
		this.engine.with((builder) -> builder.shutdownGracePeriod(Duration.ofMillis(20)));
		startOrder();

		this.engine.engine().stop();
		this.gate.countDown();
		this.engine.start();

		assertThat(this.engine.client().handle("order-7").result()).isEqualTo("charged, shipped");
		assertThat(this.attempts).as("the one cut off is no failed attempt").containsExactly(1, 1);
	}

	@Test
	void aStopOfZeroIsLikeACrash() throws Exception {
		startOrder();

		this.engine.engine().stop();
		this.gate.countDown();
		this.engine.start();

		assertThat(this.engine.client().handle("order-7").result()).isEqualTo("charged, shipped");
		assertThat(this.attempts).containsExactly(1, 1);
	}

	@Test
	void aStepThatIgnoresItsInterruptDoesNotHoldTheStop() throws Exception {
		CountDownLatch late = new CountDownLatch(1);
		this.engine.workflow("stubborn", String.class, (argument) -> {
			try {
				return this.engine.step("wait", String.class, () -> {
					this.attempts.add(StepContext.current().attempt());
					this.entered.countDown();
					boolean passed = this.gate.getCount() == 0;
					while (!passed) {
						try {
							this.gate.await();
							passed = true;
						}
						catch (InterruptedException ex) {
							// It does not listen.
						}
					}
					return "through";
				});
			}
			finally {
				late.countDown();
			}
		}).start();
		this.engine.run("stubborn", "s", "x");
		this.entered.await();

		this.engine.engine().stop();
		this.engine.start();
		this.gate.countDown();
		late.await();

		assertThat(this.engine.client().handle("s").result()).isEqualTo("through");
		assertThat(this.attempts).containsExactly(1, 1);
	}

	@Test
	void aSecondStopHasNoEffectAndAStoppedEngineStartsAnew() {
		this.engine.start();
		KraftEngine stopped = this.engine.engine();

		stopped.stop();
		stopped.stop();
		stopped.close();

		assertThat(stopped.health().state()).isEqualTo(EngineHealth.State.STOPPED);

		stopped.start();
		assertThat(stopped.health().state()).isEqualTo(EngineHealth.State.RUNNING);
	}

	@Test
	void aStoppedEngineLeavesNoTaskBehind() {
		for (int round = 0; round < 500; round++) {
			this.engine.start();
			this.engine.engine().stop();

			assertThat(this.engine.time().nextDue()).as("what is due after stop %s", round).isEmpty();
		}
	}

	@Test
	void aFailedStoreStopsTheEngineAndFailsTheWaitingCallers() throws Exception {
		WorkflowHandle<?> run = startOrder();
		CompletableFuture<?> result = run.resultAsync();

		this.engine.assumeOnePartition("of several, the others continue");
		this.engine.medium().failWrites();
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> this.engine.run("order", "o2", "x"));
		this.gate.countDown();

		await().until(result::isDone);
		assertThat(result.exceptionNow()).isInstanceOf(EngineStoppedException.class)
			.hasMessageStartingWith("KRAFT-3007")
			.hasCauseInstanceOf(StorageException.class);
		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.FAILED);
		assertThat(this.engine.engine().health().cause()).containsInstanceOf(StorageException.class);
		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(() -> this.engine.run("order", "o3", "x"));
		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(run::result);
		assertThat(run.status()).as("reading goes on").isEqualTo(WorkflowStatus.RUNNING);
		await().until(() -> this.engine.engine().health().executingRuns() == 0);
		assertThat(this.after).isEmpty();
		this.engine.crashAndStart();
		assertThat(this.engine.client().handle("order-7").result()).isEqualTo("charged, shipped");
		assertThat(this.engine.client().find("o2")).isEmpty();
	}

	@Test
	void codeThatCatchesEverythingDoesNothingMoreAfterAFailedStore() {
		List<FaultyStore> stores = new ArrayList<>();
		List<String> seen = Collections.synchronizedList(new ArrayList<>());
		CountDownLatch ended = new CountDownLatch(1);
		this.engine.withStoreOf("order-7", (store) -> {
			stores.add(stores.isEmpty() ? FaultyStore.failingAt(store, 2, false) : FaultyStore.counting(store));
			return stores.getLast();
		}).workflow("order", String.class, (argument) -> {
			try {
				this.engine.step("charge", String.class, () -> "charged");
				for (int i = 0; i < 10; i++) {
					this.engine.step("more", String.class, () -> "more");
				}
			}
			catch (Exception ex) {
				seen.add(ex.toString());
			}
			finally {
				ended.countDown();
			}
			return "done";
		}).start();

		WorkflowHandle<?> run = this.engine.run("order", "order-7", "x");
		await().until(() -> ended.getCount() == 0);

		assertThat(seen).as("exceptions that the code saw").isEmpty();
		assertThatExceptionOfType(KraftException.class).isThrownBy(run::result);
		this.engine.crashAndStart();
		assertThat(this.engine.client().handle("order-7").result()).isEqualTo("done");
	}

	@Test
	void aFormerOwnerStopsWithoutRecordingAnything() throws Exception {
		Store shared = this.engine.medium().open();
		KraftEngine former = owner("former", shared);
		KraftEngine latter = owner("latter", shared);
		former.start();
		former.client().start("order", StartOptions.defaults().id("order-7"));
		this.entered.await();

		latter.start();
		assertThat(latter.client().handle("order-7").result()).isEqualTo("charged by latter");
		this.gate.countDown();

		await().until(() -> former.health().state() == EngineHealth.State.FAILED);
		await().until(() -> former.health().executingRuns() == 0);
		assertThat(former.health().cause()).containsInstanceOf(StaleEpochException.class);
		assertThatExceptionOfType(EngineStoppedException.class)
			.isThrownBy(() -> former.client().start("order", StartOptions.defaults()));
		assertThat(this.after).containsExactly("effect of latter");
		assertThat(latter.client().operations("order-7")).hasSize(4);
		former.stop();
		assertThat(latter.client().list(WorkflowQuery.all()).items()).hasSize(1);
		latter.stop();
		shared.close();
	}

	/** An engine whose runs call a step, in which the former owner is held up. */
	private KraftEngine owner(String name, Store shared) {
		StepDefinition charge = StepDefinition.of("charge", MethodSignature.of(String.class), RetryPolicy.defaults());
		AtomicReference<KraftEngine> owner = new AtomicReference<>();
		owner.set(KraftEngine.builder()
			.store(() -> new NotClosing(shared))
			.shutdownGracePeriod(Duration.ofSeconds(10))
			.workflows(List.of(WorkflowDefinition.of("order", MethodSignature.of(String.class), (arguments) -> {
				Object charged = owner.get().calls().step(charge, new Object[0], (copies) -> {
					if (name.equals("former")) {
						this.entered.countDown();
						this.gate.await();
					}
					return "charged by " + name;
				});
				this.workflow.sideEffect("effect", () -> this.after.add("effect of " + name));
				return charged;
			})))
			.build());
		return owner.get();
	}

	/** Two engines share it: the test closes it. */
	private static final class NotClosing extends ForwardingStore {

		NotClosing(Store store) {
			super(store);
		}

		@Override
		public void close() {
			// By the test.
		}

	}

}
