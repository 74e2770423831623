package io.kraft.engine.interleaving;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import io.kraft.client.IfExists;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.HoldingStore;
import io.kraft.engine.testing.InFlight;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Operators, clients and the sweep at the wrong moment, one known fault each.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RunFaultTests {

	/** Generous: only what hangs waits for so long. */
	private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("kraft.test.patience", 10));

	private static final StepDefinition FRAGILE = StepDefinition.of("fragile", MethodSignature.of(String.class),
			RetryPolicy.none());

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicBoolean broken = new AtomicBoolean(true);

	private final AtomicReference<@Nullable HoldingStore> holding = new AtomicReference<>();

	private final CountDownLatch gate = new CountDownLatch(1);

	private volatile InFlight work = new InFlight();

	@AfterEach
	void close() {
		this.gate.countDown();
		HoldingStore holding = this.holding.get();
		if (holding != null) {
			holding.release();
		}
		this.engine.close();
	}

	private void start() {
		this.engine
			.with((builder) -> builder.retention(Duration.ofHours(10)).workInFlight(() -> this.work = new InFlight()))
			.start();
	}

	private void hold(String id, Predicate<Change> held) {
		this.engine.withStoreOf(id, (store) -> {
			HoldingStore holding = new HoldingStore(store, held);
			this.holding.set(holding);
			return holding;
		});
	}

	private HoldingStore held() throws InterruptedException {
		HoldingStore holding = Objects.requireNonNull(this.holding.get());
		holding.awaitReached();
		return holding;
	}

	private void quiesce() {
		assertThat(this.work.awaitQuiescence(PATIENCE)).as("the engine becomes quiescent").isTrue();
	}

	private String fragile() {
		return this.engine.step(FRAGILE, () -> {
			if (this.broken.get()) {
				throw new IllegalStateException("broken");
			}
			return "fixed";
		});
	}

	private void fragileThenSignal() {
		this.engine.workflow("fragile", String.class,
				(argument) -> fragile() + " " + this.workflow.awaitSignal("s", String.class));
	}

	private static boolean isEnd(Change change, WorkflowStatus status) {
		return change instanceof Change.RunChanged changed && changed.after().status() == status;
	}

	@Proves(fault = "A run fails with unread signals, the process restarts, and the run is retried",
			promise = "The signals are there")
	@Test
	void aSignalThatAFailedRunHasNotReadIsThereWhenItIsRetriedAfterARestart() {
		fragileThenSignal();
		this.engine.workflow("gated", String.class, (argument) -> this.workflow.awaitSignal("go", String.class) + " "
				+ fragile() + " " + this.workflow.awaitSignal("s", String.class));
		start();
		WorkflowHandle<?> run = this.engine.run("gated", "f", "x");
		this.engine.client().signal("f", "s", "unread", "m");
		this.engine.client().signal("f", "go", "went");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);
		quiesce();
		this.engine.crashAndStart();
		quiesce();
		this.broken.set(false);

		WorkflowHandle<?> retried = this.engine.client().retry("f");

		assertThat(retried.result(PATIENCE)).isEqualTo("went fixed unread");
	}

	@Proves(fault = "A run fails with unread signals and an open child, and is retried",
			promise = "The signals are there")
	@Test
	void aSignalThatAFailedRunHasNotReadIsThereWhenItIsRetriedAlthoughItHadAnOpenChild() {
		ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
				MethodSignature.of(String.class, String.class), (arguments) -> {
					this.workflow.sleep(Duration.ofHours(1));
					return "child";
				});
		this.engine.workflow("parent", String.class, (argument) -> {
			DurableFuture<String> open = this.workflow.startChild(() -> child.<String>call("a"));
			String went = this.workflow.awaitSignal("go", String.class);
			return went + " " + fragile() + " " + this.workflow.awaitSignal("s", String.class) + " " + open.await();
		});
		start();
		WorkflowHandle<?> run = this.engine.run("parent", "p", "x");
		this.engine.client().signal("p", "s", "unread", "m");
		this.engine.client().signal("p", "go", "went");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);
		quiesce();
		this.broken.set(false);

		WorkflowHandle<?> retried = this.engine.client().retry("p");
		quiesce();
		this.engine.time().advance(Duration.ofHours(2));

		assertThat(retried.result(PATIENCE)).isEqualTo("went fixed unread child");
	}

	@Proves(fault = "A callback was failed, and its run is retried", promise = "The callback can be completed")
	@Test
	void aCallbackThatWasFailedCanBeCompletedAfterARetry() {
		AtomicReference<@Nullable String> token = new AtomicReference<>();
		this.engine.workflow("caller", String.class, (argument) -> {
			Callback<String> callback = this.workflow.callback(String.class);
			token.set(callback.token());
			return callback.await();
		});
		start();
		WorkflowHandle<?> run = this.engine.run("caller", "c", "x");
		quiesce();
		this.engine.client().fail(String.valueOf(token.get()), "no");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);
		quiesce();

		WorkflowHandle<?> retried = this.engine.client().retry("c");
		quiesce();
		this.engine.client().complete(String.valueOf(token.get()), "yes");

		assertThat(retried.result(PATIENCE)).isEqualTo("yes");
	}

	@Proves(fault = "The caller of terminate is interrupted", promise = "Those who wait for the result get it")
	@Test
	void whoWaitsLearnsOfATerminationWhoseCallerIsInterrupted() throws Exception {
		ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
				MethodSignature.of(String.class, String.class),
				(arguments) -> this.workflow.awaitSignal("s", String.class));
		this.engine.workflow("parent", String.class, (argument) -> {
			try {
				return child.call("a");
			}
			catch (WorkflowCancelledException ex) {
				return "cancelled";
			}
		});
		hold("p.1", (change) -> isEnd(change, WorkflowStatus.TERMINATED));
		start();
		WorkflowHandle<?> parent = this.engine.run("parent", "p", "x");
		quiesce();
		CompletableFuture<?> end = this.engine.client().handle("p.1").resultAsync();
		Thread caller = Thread.ofPlatform().start(() -> ignoringFailure(() -> this.engine.client().terminate("p.1")));
		HoldingStore holding = held();

		caller.interrupt();
		caller.join(Duration.ofMillis(200));
		holding.release();
		caller.join();

		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
		assertThat(parent.result(PATIENCE)).isEqualTo("cancelled");
	}

	/** What the caller gets is not what is looked at. */
	private static void ignoringFailure(Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			// Of the interrupt, perhaps.
		}
	}

	@Proves(fault = "The caller of retry is interrupted", promise = "The run continues")
	@Test
	void aRetriedRunContinuesAlthoughTheCallerIsInterrupted() throws Exception {
		this.engine.workflow("fragile", String.class, (argument) -> fragile());
		hold("f", (change) -> change instanceof Change.RunChanged changed && changed.before() != null
				&& changed.before().status() == WorkflowStatus.FAILED);
		start();
		WorkflowHandle<?> run = this.engine.run("fragile", "f", "x");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);
		quiesce();
		this.broken.set(false);
		Thread caller = Thread.ofPlatform().start(() -> ignoringFailure(() -> this.engine.client().retry("f")));
		HoldingStore holding = held();

		caller.interrupt();
		caller.join(Duration.ofMillis(200));
		holding.release();
		caller.join();

		quiesce();
		assertThat(run.status()).isEqualTo(WorkflowStatus.COMPLETED);
	}

	@Proves(fault = "A run is retried while it is swept", promise = "It is retried, or gone as a whole")
	@Test
	void aRunThatIsRetriedWhileItsRemovalIsOnItsWayIsRetriedOrGone() throws Exception {
		fragileThenSignal();
		hold("f", Change.RunRemoved.class::isInstance);
		start();
		WorkflowHandle<?> run = this.engine.run("fragile", "f", "x");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);
		quiesce();
		this.broken.set(false);
		this.engine.time().advance(Duration.ofHours(11));
		HoldingStore holding = held();
		CompletableFuture<@Nullable Throwable> answer = new CompletableFuture<>();
		Thread caller = Thread.ofPlatform()
			.start(() -> answer.complete(catchThrowable(() -> this.engine.client().retry("f"))));
		awaitBlocked(caller);

		holding.release();
		Throwable refusal = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		quiesce();

		if (refusal == null) {
			this.engine.client().signal("f", "s", "x");
			assertThat(run.result(PATIENCE)).isEqualTo("fixed x");
		}
		else {
			assertThat(refusal).isInstanceOf(WorkflowNotFoundException.class);
			assertThat(this.engine.client().find("f")).isEmpty();
		}
	}

	@Proves(fault = "A start meets the sweep of the run with its id",
			promise = "A start that is acknowledged has a run")
	@Test
	void aStartThatIsAcknowledgedWhileARunIsSweptHasARun() throws Exception {
		this.engine.workflow("echo", String.class, (argument) -> argument);
		hold("e", Change.RunRemoved.class::isInstance);
		start();
		this.engine.run("echo", "e", "x").result();
		quiesce();
		this.engine.time().advance(Duration.ofHours(11));
		HoldingStore holding = held();
		CompletableFuture<WorkflowHandle<?>> started = new CompletableFuture<>();
		Thread caller = Thread.ofPlatform().start(() -> started.complete(this.engine.run("echo", "e", "y")));
		awaitBlocked(caller);

		holding.release();
		WorkflowHandle<?> run = started.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		quiesce();

		assertThat(run.result(PATIENCE)).isEqualTo("y");
	}

	@Proves(fault = "A run is replaced while it is swept", promise = "It is removed once, and the counts are right")
	@Test
	void aRunIsRemovedOnceThatIsReplacedWhileItIsSwept() throws Exception {
		this.engine.workflow("echo", String.class, (argument) -> argument);
		hold("e", Change.RunRemoved.class::isInstance);
		start();
		this.engine.run("echo", "e", "x").result();
		quiesce();
		this.engine.time().advance(Duration.ofHours(11));
		HoldingStore holding = held();
		CompletableFuture<WorkflowHandle<?>> started = new CompletableFuture<>();
		Thread caller = Thread.ofPlatform().start(() -> started.complete(replace("echo", "e", "y")));
		awaitBlocked(caller);

		holding.release();
		WorkflowHandle<?> run = started.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);

		assertThat(run.result(PATIENCE)).isEqualTo("y");
		quiesce();
		assertThat(this.engine.engine().counts().values()).singleElement()
			.satisfies((counts) -> assertThat(counts.of(WorkflowStatus.COMPLETED)).isEqualTo(1));
	}

	@Proves(fault = "A run is replaced while its end is still reported", promise = "The new run has its own result")
	@Test
	void aReplacingRunHasItsOwnResultAlthoughItsPredecessorsEndIsStillBeingReported() throws Exception {
		this.engine.workflow("waiter", String.class,
				(argument) -> argument + " " + this.workflow.awaitSignal("s", String.class));
		Thread terminating = Thread.ofPlatform().unstarted(() -> this.engine.client().terminate("w"));
		CountDownLatch reached = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		this.engine.with((builder) -> builder.maxParkedWorkflows(0))
			.withStore((store) -> new SlowInboxStore(store, terminating, reached, released));
		start();
		this.engine.run("waiter", "w", "old");
		quiesce();
		terminating.start();
		while (reached.getCount() > 0 && terminating.isAlive()) {
			terminating.join(Duration.ofMillis(5));
		}

		CompletableFuture<WorkflowHandle<?>> replaced = CompletableFuture
			.supplyAsync(() -> replace("waiter", "w", "new"));
		// It may have to wait for what is decided about its predecessor.
		quiesce();
		released.countDown();
		terminating.join();
		WorkflowHandle<?> run = replaced.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		CompletableFuture<?> result = run.resultAsync();
		run.signal("s", "signal");

		assertThat(result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo("new signal");
	}

	@Proves(fault = "The step of a terminated run does not end", promise = "Its id is usable again")
	@Test
	void anIdIsUsableAgainAlthoughAStepOfItsTerminatedRunDoesNotEnd() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		this.engine.workflow("stubborn", String.class, (argument) -> this.engine.step("stubborn", String.class, () -> {
			if (argument.equals("old")) {
				entered.countDown();
				awaitGateUninterruptibly();
			}
			return argument;
		}));
		start();
		this.engine.run("stubborn", "s", "old");
		entered.await();
		this.engine.client().terminate("s");
		CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
		Thread.ofPlatform().daemon().start(() -> {
			try {
				answer.complete(replace("stubborn", "s", "new").result(PATIENCE));
			}
			catch (KraftException ex) {
				answer.complete(ex.code());
			}
		});

		Object told;
		try {
			told = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			told = "nothing";
		}

		assertThat(told).as("what the caller of the replacing start was told").isNotEqualTo("nothing");
	}

	private void awaitGateUninterruptibly() {
		while (this.gate.getCount() > 0) {
			try {
				this.gate.await();
			}
			catch (InterruptedException ex) {
				// It takes no notice.
			}
		}
	}

	private WorkflowHandle<?> replace(String name, String id, String argument) {
		return this.engine.client()
			.start(name, StartOptions.defaults().id(id).ifExists(IfExists.REPLACE_IF_ENDED), argument);
	}

	/** What is still under way when nothing moves waits for the commit that is held. */
	private void awaitBlocked(Thread thread) {
		this.work.awaitStable(
				() -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TERMINATED, 100,
				PATIENCE);
	}

	/**
	 * A store in which one thread takes long to look into an inbox.
	 */
	private static final class SlowInboxStore extends ForwardingStore {

		private final Thread slow;

		private final CountDownLatch reached;

		private final CountDownLatch released;

		SlowInboxStore(Store store, Thread slow, CountDownLatch reached, CountDownLatch released) {
			super(store);
			this.slow = slow;
			this.reached = reached;
			this.released = released;
		}

		@Override
		@SuppressWarnings("ReferenceEquality") // A thread is nothing but itself.
		public List<Message> messages(long run, long after) {
			boolean hasEnded = super.run(run).filter((row) -> row.status().isTerminal()).isPresent();
			if (hasEnded && Thread.currentThread() == this.slow) {
				this.reached.countDown();
				try {
					this.released.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
			return super.messages(run, after);
		}

	}

}
