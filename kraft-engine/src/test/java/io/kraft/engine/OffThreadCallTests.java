package io.kraft.engine;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.run.OffThreadCalls;
import io.kraft.engine.run.ThreadOrigin;
import io.kraft.engine.testing.CapturedLog;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Steps and other calls on threads that are none of the run's own.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OffThreadCallTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicInteger entered = new AtomicInteger();

	private final WorkflowDefinition other = WorkflowDefinition.of("other",
			MethodSignature.of(String.class, String.class), (arguments) -> arguments[0]);

	private final TestEngine engine = new TestEngine().workflow(this.other);

	@AfterEach
	void close() {
		this.engine.close();
	}

	private String charge() {
		return this.engine.step("charge", String.class, () -> "charged " + this.entered.incrementAndGet());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aStepOnAThreadThatTheWorkflowStartsIsRefused(boolean isVirtual) {
		this.engine.workflow("order", String.class, (argument) -> on(isVirtual, this::charge)).start();

		assertRefused(this.engine.run("order", "o", "x"), "step 'charge' was called on ");
		assertThat(this.entered).hasValue(0);
	}

	@Test
	void aStepInATaskOfAThreadPerTaskExecutorIsRefused() {
		this.engine.workflow("order", String.class, (argument) -> {
			try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
				return CompletableFuture.supplyAsync(this::charge, executor).join();
			}
		}).start();

		assertRefused(this.engine.run("order", "o", "x"), "step 'charge' was called on ");
	}

	@Test
	void aStepOnAThreadOfSuchAThreadIsRefused() {
		this.engine.workflow("order", String.class, (argument) -> on(true, () -> on(false, this::charge))).start();

		assertRefused(this.engine.run("order", "o", "x"), "step 'charge' was called on ");
	}

	@Test
	void aStepOnAThreadThatABranchStartsIsRefused() {
		this.engine
			.workflow("order", String.class, (argument) -> this.workflow.async(() -> on(true, this::charge)).await())
			.start();

		assertRefused(this.engine.run("order", "o", "x"), "step 'charge' was called on ");
	}

	@Test
	void aWorkflowAndTheClientAreRefusedThereToo() {
		this.engine.workflow("caller", String.class, (argument) -> on(true, () -> called("child")))
			.workflow("starter", String.class,
					(argument) -> on(true, () -> this.engine.client().start(() -> called("child")).id()))
			.workflow("canceller", String.class, (argument) -> on(true, () -> {
				this.engine.client().cancel("c");
				return "cancelled";
			}))
			.start();

		assertRefused(this.engine.run("caller", "c", "x"), "workflow 'other' was called on ");
		assertRefused(this.engine.run("starter", "s", "x"), "workflow 'other' was started on ");
		assertRefused(this.engine.run("canceller", "k", "x"), "WorkflowClient.cancel(…) was called on ");
		assertThat(this.engine.client().list(WorkflowQuery.all().name("other")).items()).isEmpty();
	}

	private static void assertRefused(WorkflowHandle<?> run, String text) {
		assertThatExceptionOfType(Exception.class).isThrownBy(run::result)
			.havingRootCause()
			.isInstanceOf(InvalidCallException.class)
			.withMessageStartingWith("KRAFT-1008: " + text)
			.withMessageContaining("works for the code of run '" + run.id() + "'")
			.withMessageContaining("kraft.engine.off-thread-calls=warn");
	}

	@ParameterizedTest
	@EnumSource(value = OffThreadCalls.class, names = "REFUSE", mode = EnumSource.Mode.EXCLUDE)
	void itIsPlainWhereThePropertySaysSoWithOneWarningOrNone(OffThreadCalls calls) {
		this.engine.with((builder) -> builder.offThreadCalls(calls))
			.workflow("order", String.class, (argument) -> on(true, this::charge) + on(true, this::charge))
			.start();

		try (CapturedLog log = CapturedLog.of("io.kraft.engine")) {
			assertThat(this.engine.run("order", "o", "x").result()).isEqualTo("charged 1charged 2");
			assertThat(log.lines()).filteredOn((line) -> line.contains("step 'charge' was called on "))
				.hasSize((calls == OffThreadCalls.WARN) ? 1 : 0)
				.allMatch((line) -> line.contains("run 'o'"));
		}
	}

	@Test
	@Proves(fault = "A step's body calls other steps, on its own thread and on threads that it starts",
			promise = "These are plain calls, parts of the one step")
	void aStepsBodyMayCallStepsOnThreadsOfItsOwn() {
		this.engine.workflow("order", String.class, (argument) -> {
			String step = this.engine.step("outer", String.class,
					() -> charge() + on(true, this::charge) + on(false, () -> on(true, this::charge)));
			return step + this.workflow.sideEffect("effect", String.class, () -> on(true, this::charge)) + charge();
		}).start();

		assertThat(this.engine.run("order", "o", "x").result())
			.isEqualTo("charged 1charged 2charged 3charged 4charged 5");
	}

	@Test
	void aThreadOfAPoolIsWarnedOfOnlyBecauseItMayWorkForOthers() {
		try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
			this.engine
				.workflow("order", String.class, (argument) -> CompletableFuture.supplyAsync(this::charge, pool).join())
				.start();

			try (CapturedLog log = CapturedLog.of("io.kraft.engine")) {
				assertThat(this.engine.run("order", "o", "x").result()).isEqualTo("charged 1");
				assertThat(log.lines()).anyMatch((line) -> line.contains("run 'o', but may work for others, too"));
			}
		}
	}

	@Test
	void onceTheRunIsOverItsThreadsAreNobodys() throws Exception {
		CountDownLatch over = new CountDownLatch(1);
		AtomicReference<Thread> thread = new AtomicReference<>();
		FutureTask<String> late = new FutureTask<>(() -> {
			over.await();
			return charge();
		});
		this.engine.workflow("order", String.class, (argument) -> {
			thread.set(Thread.ofVirtual().start(late));
			return "ended";
		}).start();
		assertThat(this.engine.finish(this.engine.run("order", "o", "x"))).isEqualTo("ended");

		over.countDown();

		assertThat(late.get()).isEqualTo("charged 1");
	}

	@Test
	void aTaskThatIsHandedOverIsRefusedOnAnyThread() {
		try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
			// Its thread is made outside of any run.
			CompletableFuture.runAsync(() -> {
			}, pool).join();
			this.engine.workflow("order", String.class, (argument) -> {
				FutureTask<String> task = new FutureTask<>(this::charge);
				pool.execute(ThreadOrigin.handOver(task));
				return get(task);
			}).workflow("stepwise", String.class, (argument) -> this.engine.step("outer", String.class, () -> {
				FutureTask<String> task = new FutureTask<>(this::charge);
				pool.execute(ThreadOrigin.handOver(task));
				return get(task);
			})).start();

			assertRefused(this.engine.run("order", "o", "x"), "step 'charge' was called on ");
			assertThat(CompletableFuture.supplyAsync(this::charge, pool).join()).as("afterwards")
				.isEqualTo("charged 1");
			assertThat(this.engine.run("stepwise", "s", "x").result()).isEqualTo("charged 2");
		}
	}

	@Test
	void aParallelStreamOfStepsIsWarnedOf() {
		this.engine
			.workflow("order", int.class,
					(argument) -> List.of("a", "b", "c", "d").parallelStream().map((item) -> charge()).toList().size())
			.start();

		try (CapturedLog log = CapturedLog.of("io.kraft.engine")) {
			assertThat(this.engine.run("order", "o", "x").result()).isEqualTo(4);
			assertThat(log.lines()).filteredOn((line) -> line.contains("in a fork-join task")).hasSize(1);
		}
	}

	@Test
	void aSequentialStreamOfStepsIsNot() {
		this.engine
			.workflow("order", int.class,
					(argument) -> List.of("a", "b", "c", "d").stream().map((item) -> charge()).toList().size())
			.start();

		try (CapturedLog log = CapturedLog.of("io.kraft.engine")) {
			assertThat(this.engine.run("order", "o", "x").result()).isEqualTo(4);
			assertThat(log.lines()).noneMatch((line) -> line.contains("in a fork-join task"));
		}
	}

	private @Nullable String called(String argument) {
		try {
			return (String) this.engine.engine()
				.calls()
				.workflow(this.other, new Object[] { argument }, () -> "unused");
		}
		catch (Throwable ex) {
			throw (ex instanceof RuntimeException unchecked) ? unchecked : new IllegalStateException(ex);
		}
	}

	private static @Nullable String on(boolean isVirtual, Callable<@Nullable String> code) {
		FutureTask<@Nullable String> task = new FutureTask<>(code);
		(isVirtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(task);
		return get(task);
	}

	private static @Nullable String get(FutureTask<@Nullable String> task) {
		try {
			return task.get();
		}
		catch (ExecutionException ex) {
			throw new CompletionException(ex.getCause());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
