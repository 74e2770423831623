package io.kraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.kraft.client.EngineStoppedException;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowEvent;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.observation.ObservedRun;
import io.kraft.engine.observation.RunObservation;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.SamePartition;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Memory runs out at each place where the engine needs a thread: it comes to one defined
 * end, or what it does not need is left out.
 */
@Proves(fault = "A thread of the engine dies of an OutOfMemoryError, in each place",
		promise = "The engine, or the partition among others, fails with a cause, waiters are failed, and it refuses")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SupervisionTests {

	/** Where memory is out; empty while there is some. */
	private final AtomicReference<String> out = new AtomicReference<>("");

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine().workflow("order", String.class, (argument) -> "done")
		.workflow("wait", String.class, (argument) -> {
			this.workflow.awaitSignal("go", String.class);
			return "went";
		})
		.workflow("nap", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofHours(1));
			return "slept";
		})
		.with((builder) -> builder.clock(this::now).workInFlight(WorkWithoutMemory::new));

	private @Nullable CompletableFuture<?> waiting;

	SupervisionTests() {
		this.engine.withStoreOf(here("order"), StoreWithoutMemory::new);
	}

	@AfterEach
	void close() {
		this.out.set("");
		this.engine.close();
	}

	@Test
	void atTheCommit() {
		startWaiting();

		this.out.set("commit");

		assertThatExceptionOfType(KraftException.class).isThrownBy(() -> this.engine.run("order", here("o1"), "x"))
			.withMessageStartingWith("KRAFT-4011");
		assertFailed("kraft-committer");
	}

	@Test
	void whereCommitsAreTaken() {
		startWaiting();

		this.out.set("take");

		assertThatExceptionOfType(KraftException.class).isThrownBy(() -> this.engine.run("order", here("o1"), "x"))
			.withMessageStartingWith("KRAFT-4011");
		assertFailed("kraft-committer");
	}

	@Test
	void whereARunIsLoaded() {
		startWaiting();
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(10));

		this.out.set("load");
		this.engine.time().advance(Duration.ofHours(2));

		assertFailed("kraft-loader");
	}

	@Test
	void whereARunIsLaunched() {
		startWaiting();

		this.out.set("launch");

		assertThatThrownBy(() -> this.engine.run("order", here("o1"), "x")).isInstanceOf(OutOfMemoryError.class);
		assertFailed("kraft-loader");
	}

	@Test
	void whereTimersAreFired() {
		startWaiting();

		this.out.set("main");
		this.engine.time().advance(Duration.ofHours(2));

		assertFailed("kraft-scheduler");
	}

	@Test
	void whereATaskOfTheSchedulerIsCalled() {
		AtomicReference<Runnable> listening = new AtomicReference<>(() -> {
		});
		this.engine.with((builder) -> builder.observer(new ListeningObserver(() -> listening.get().run())));
		startWaiting();
		// Right after the observer, in the same task.
		listening.set(() -> this.out.set("find"));

		this.engine.time().advance(Duration.ofHours(2));
		this.out.set("");

		assertFailed("kraft-scheduler");
	}

	@Test
	void whereFinishedRunsAreRemoved() {
		startWaiting();

		this.out.set("sweep");
		this.engine.time().advance(Duration.ofMinutes(5));

		assertFailed("kraft-reader");
	}

	@Test
	void whereTheEngineDrivesARun() {
		startWaiting();
		this.engine.crash();
		this.waiting = null;
		this.out.set("kraft-run-");
		this.engine.start();

		this.engine.client().handle(here("waiting")).signal("go", "now");

		await().until(() -> this.engine.failure().isPresent());
		assertThat(this.engine.failure().orElseThrow()).hasMessageContaining("kraft-run");
		assertRefused();
	}

	@Test
	void alsoWhereNothingCanBeLogged() {
		Logger root = (Logger) LoggerFactory.getLogger("io.kraft");
		AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

			@Override
			protected void append(ILoggingEvent event) {
				throw new OutOfMemoryError("no memory to log");
			}

		};
		appender.start();
		startWaiting();
		root.addAppender(appender);
		try {
			this.out.set("commit");
			assertThatExceptionOfType(KraftException.class).isThrownBy(() -> this.engine.run("order", here("o1"), "x"));
			assertFailed("kraft-committer");
		}
		finally {
			root.detachAppender(appender);
		}
	}

	@Test
	void anObserverWithoutMemoryIsLeftOut() {
		this.engine.with((builder) -> builder.observer(new ObserverWithoutMemory())).start();

		assertThat(this.engine.run("order", here("o1"), "x").result()).isEqualTo("done");
		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.RUNNING);
	}

	@Test
	void aListenerWithoutMemoryCostsNoFurtherEvent() {
		this.engine.start();
		List<String> told = new CopyOnWriteArrayList<>();
		var unused = this.engine.client().subscribe((event) -> {
			throw new OutOfMemoryError("by the listener");
		});
		var unusedToo = this.engine.client().subscribe((event) -> {
			if (event instanceof WorkflowEvent.Completed) {
				told.add(event.workflow().id());
			}
		});

		this.engine.run("order", here("o1"), "x").result();
		this.engine.run("order", here("o2"), "x").result();

		await().until(() -> told.size() == 2);
		assertThat(told).containsExactly(here("o1"), here("o2"));
		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.RUNNING);
	}

	@Test
	void anEngineThatHasFailedWorksAfterTheNextStart() {
		startWaiting();
		this.out.set("commit");
		assertThatExceptionOfType(KraftException.class).isThrownBy(() -> this.engine.run("order", here("o1"), "x"));

		this.out.set("");
		this.engine.crashAndStart();

		assertThat(this.engine.run("order", here("o2"), "x").result()).isEqualTo("done");
		assertThat(this.engine.engine().health().cause()).isEmpty();
	}

	private void startWaiting() {
		this.engine.with((builder) -> builder.maxParkedWorkflows(0)).start();
		WorkflowHandle<?> nap = this.engine.run("nap", here("napping"), "x");
		WorkflowHandle<?> wait = this.engine.run("wait", here("waiting"), "x");
		this.waiting = wait.resultAsync();
		await().until(() -> this.engine.engine().health().executingRuns() == 0);
		assertThat(nap.id()).isEqualTo(here("napping"));
	}

	private void assertFailed(String thread) {
		await().until(() -> this.engine.failure().isPresent());
		if (this.engine.partitions() == 1) {
			await().until(() -> this.engine.engine().health().state() == EngineHealth.State.FAILED);
		}
		assertThat(this.engine.failure().orElseThrow()).hasMessageStartingWith("KRAFT-4011")
			.hasMessageContaining(thread)
			.hasCauseInstanceOf(OutOfMemoryError.class);
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> Objects.requireNonNull(this.waiting).get(30, TimeUnit.SECONDS))
			.withCauseInstanceOf(EngineStoppedException.class);
		if (this.engine.partitions() > 1) {
			assertOthersContinue();
		}
		assertRefused();
	}

	private void assertOthersContinue() {
		this.out.set("");
		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.RUNNING);
		String elsewhere = SamePartition.id(this.engine, "elsewhere", 1);
		assertThat(this.engine.run("order", elsewhere, "x").result()).isEqualTo("done");
	}

	/** All in the partition that has no memory; others have some. */
	private String here(String name) {
		return SamePartition.id(this.engine, name);
	}

	private void assertRefused() {
		assertThatExceptionOfType(EngineStoppedException.class)
			.isThrownBy(() -> this.engine.run("order", here("later"), "x"));
		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(
				() -> this.engine.client().start("order", StartOptions.defaults().id(here("later")), "x").result());
		this.engine.engine().stop();
		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.STOPPED);
	}

	private void use(String place) {
		if (this.out.get().equals(place)) {
			throw new OutOfMemoryError("at " + place);
		}
	}

	private Instant now() {
		String place = this.out.get();
		if (!place.isEmpty() && Thread.currentThread().getName().startsWith(place)) {
			throw new OutOfMemoryError("at the clock");
		}
		return this.engine.time().instant();
	}

	private final class StoreWithoutMemory extends ForwardingStore {

		StoreWithoutMemory(Store store) {
			super(store);
		}

		@Override
		public void commit(long epoch, List<Change> changes) {
			use("commit");
			super.commit(epoch, changes);
		}

		@Override
		public Optional<RunRow> run(long number) {
			use("load");
			return super.run(number);
		}

		@Override
		public List<RunRow> expired(@Nullable RunRow after, Instant now, int limit) {
			use("sweep");
			return super.expired(after, now, limit);
		}

	}

	private final class WorkWithoutMemory implements WorkInFlight {

		@Override
		public void begin() {
			if (Thread.currentThread().getName().equals("kraft-loader-0")) {
				return;
			}
			use("find");
		}

		@Override
		public void end() {
			// Nobody waits for the end.
		}

		@Override
		public boolean wantsCommitsApart() {
			use("take");
			return false;
		}

		@Override
		public Runnable counted(Runnable task) {
			if (task.getClass().getSimpleName().equals("RunDriver")) {
				use("launch");
			}
			return task;
		}

	}

	private static final class ListeningObserver implements EngineObserver {

		private final Runnable listener;

		ListeningObserver(Runnable listener) {
			this.listener = listener;
		}

		@Override
		public Map<String, String> traceContext() {
			return Map.of();
		}

		@Override
		public RunObservation observe(ObservedRun run) {
			return RunObservation.NONE;
		}

		@Override
		public void begun(String workflow, Duration waited) {
		}

		@Override
		public void fired(Duration lag) {
			this.listener.run();
		}

		@Override
		public void committed(int commits, int sizeBytes, long nanos) {
		}

	}

	private static final class ObserverWithoutMemory implements EngineObserver {

		@Override
		public Map<String, String> traceContext() {
			throw new OutOfMemoryError("by the observer");
		}

		@Override
		public RunObservation observe(ObservedRun run) {
			throw new OutOfMemoryError("by the observer");
		}

		@Override
		public void begun(String workflow, Duration waited) {
			throw new OutOfMemoryError("by the observer");
		}

		@Override
		public void fired(Duration lag) {
			throw new OutOfMemoryError("by the observer");
		}

		@Override
		public void committed(int commits, int sizeBytes, long nanos) {
			throw new OutOfMemoryError("by the observer");
		}

	}

}
