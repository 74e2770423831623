package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.WorkflowHandle;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.NotInWorkflowException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.ThrowingRunnable;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a run offers, used where it must not be.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MisuseTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final WorkflowDefinition other = WorkflowDefinition.of("other",
			MethodSignature.of(String.class, String.class), (arguments) -> arguments[0]);

	@AfterEach
	void close() {
		this.gate.countDown();
		this.engine.close();
	}

	@Test
	void durableCallsInsideAStepAreRefused() {
		this.engine.workflow("nester", int.class, (argument) -> {
			List<ThrowingRunnable> calls = calls();
			return this.engine.step("body", int.class, () -> refused(calls));
		}).start();

		assertThat(this.engine.run("nester", "n", "x").result()).isEqualTo(0);
	}

	@Test
	void durableCallsInsideASideEffectAreRefused() {
		this.engine.workflow("nester", int.class, (argument) -> {
			List<ThrowingRunnable> calls = calls();
			return this.workflow.sideEffect("body", int.class, () -> refused(calls));
		}).start();

		assertThat(this.engine.run("nester", "n", "x").result()).isEqualTo(0);
	}

	@Test
	void durableCallsOnAForeignThreadAreRefused() {
		this.engine.workflow("sharer", int.class, (argument) -> {
			List<ThrowingRunnable> calls = calls();
			return CompletableFuture.supplyAsync(() -> refused(calls)).join();
		}).start();

		assertThat(this.engine.run("sharer", "s", "x").result()).isEqualTo(0);
	}

	/** Of a context that was taken, not of the calling run's: that of the run. */
	private List<ThrowingRunnable> calls() {
		WorkflowContext context = WorkflowContext.current();
		WorkflowState state = context.state();
		DurableFuture<String> future = context.async(() -> "done");
		Callback<String> callback = context.callback(String.class);
		return List.of(context::now, context::randomUuid, context::random, context::state,
				() -> state.get("a", int.class), () -> state.set("a", 1), state::keys,
				() -> context.sleep(Duration.ZERO), () -> context.awaitSignal("a", String.class),
				() -> context.signal("a", "b", "c"), () -> context.publish("a", "b"),
				() -> context.callback(String.class), callback::await, () -> context.async(() -> "x"),
				() -> context.parallel(List.of(() -> "x")), () -> context.nonCancellable(() -> "x"),
				() -> context.onFailure("a", () -> {
				}), () -> context.startChild(() -> "x"), () -> context.sideEffect("a", () -> {
				}), future::await, () -> future.await(Duration.ZERO), future::cancel, () -> DurableFuture.allOf(future),
				() -> DurableFuture.anyOf(future), () -> DurableFuture.firstSuccess(future));
	}

	/** How many were not. */
	private static int refused(List<ThrowingRunnable> calls) {
		int accepted = 0;
		for (ThrowingRunnable call : calls) {
			try {
				call.run();
				accepted++;
			}
			catch (NotInWorkflowException ex) {
				assertThat(ex).hasMessageStartingWith("KRAFT-1002");
			}
			catch (Exception ex) {
				throw new CompletionException(ex);
			}
		}
		return accepted;
	}

	@Test
	void progressIsToldAndReadInABodyOfAStepOnly() {
		List<ThrowingRunnable> calls = List.of(() -> StepContext.current().heartbeat("half"),
				() -> StepContext.current().lastHeartbeat(String.class));
		this.engine
			.workflow("teller", int.class,
					(argument) -> refused(calls) + this.workflow.sideEffect("body", int.class, () -> refused(calls))
							+ this.engine.step("step", int.class,
									() -> CompletableFuture.supplyAsync(() -> refused(calls)).join()))
			.start();

		assertThat(this.engine.run("teller", "t", "x").result()).isEqualTo(0);
		assertThat(refused(calls)).as("outside any run").isZero();
		assertThat(this.engine.step("step", int.class, () -> refused(calls))).as("a plain call").isZero();
	}

	@Test
	void whatBelongsToOneRunIsRefusedInAnother() {
		AtomicReference<DurableFuture<String>> future = new AtomicReference<>();
		AtomicReference<WorkflowContext> context = new AtomicReference<>();
		AtomicReference<Callback<String>> callback = new AtomicReference<>();
		this.engine.workflow("owner", String.class, (argument) -> {
			context.set(WorkflowContext.current());
			callback.set(this.workflow.callback(String.class));
			future.set(this.workflow.async(() -> "done"));
			this.gate.await();
			return "done";
		}).workflow("thief", String.class, (argument) -> {
			DurableFuture<String> own = this.workflow.async(() -> "own");
			List<ThrowingRunnable> calls = List.of(future.get()::await, future.get()::cancel,
					() -> DurableFuture.anyOf(own, future.get()), () -> DurableFuture.allOf(future.get()),
					() -> DurableFuture.firstSuccess(future.get(), own), context.get()::now, callback.get()::await);
			for (ThrowingRunnable call : calls) {
				assertThatExceptionOfType(InvalidCallException.class).isThrownBy(call::run)
					.withMessageStartingWith("KRAFT-1008");
			}
			return own.await();
		}).start();
		this.engine.run("owner", "o", "x");
		await().until(() -> future.get() != null);

		assertThat(this.engine.run("thief", "t", "x").result()).isEqualTo("own");
		assertThatExceptionOfType(NotInWorkflowException.class).isThrownBy(() -> future.get().await())
			.withMessageStartingWith("KRAFT-1002");
		assertThatExceptionOfType(NotInWorkflowException.class).isThrownBy(() -> DurableFuture.allOf(future.get()))
			.withMessageStartingWith("KRAFT-1002");
	}

	@Test
	void theStartOfAChildMakesOneCall() {
		List<String> refusals = Collections.synchronizedList(new ArrayList<>());
		this.engine.workflow(this.other).workflow("parent", String.class, (argument) -> {
			List<ThrowingRunnable> starts = List.of(() -> this.workflow.startChild(() -> "nothing"),
					() -> this.workflow.startChild(() -> called("other") + called("other")),
					() -> this.workflow.startChild(() -> this.engine.step("step", String.class, () -> "stepped")),
					() -> this.workflow.startChild(() -> {
						throw new IllegalStateException("broken");
					}));
			for (ThrowingRunnable start : starts) {
				try {
					start.run();
				}
				catch (InvalidCallException ex) {
					refusals.add(ex.getMessage());
				}
			}
			return this.engine.step("after", String.class, () -> "after");
		}).start();
		WorkflowHandle<?> run = this.engine.run("parent", "p", "x");

		assertThat(run.result()).isEqualTo("after");
		assertThat(refusals).hasSize(4).allMatch((message) -> message.startsWith("KRAFT-1008"));
	}

	private String called(String argument) {
		try {
			return String
				.valueOf(this.engine.engine().calls().workflow(this.other, new Object[] { argument }, () -> "unused"));
		}
		catch (Throwable ex) {
			throw (ex instanceof RuntimeException unchecked) ? unchecked : new IllegalStateException(ex);
		}
	}

}
