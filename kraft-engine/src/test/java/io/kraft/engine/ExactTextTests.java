package io.kraft.engine;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.StepFailedException;
import io.kraft.workflow.ThrowingRunnable;
import io.kraft.workflow.WorkQueue;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What cannot be kept as it is, is refused at the call, or told apart.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ExactTextTests {

	private static final String HALF = "half-\ud83d";

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void namesWithHalfOfASurrogatePairAreRefusedInARun() {
		this.engine.workflow("halves", int.class, (argument) -> {
			WorkflowContext context = this.workflow;
			return refused(List.of(() -> context.state().set(HALF, 1), () -> context.publish(HALF, 1),
					() -> context.signal("x", HALF, null), () -> context.awaitSignal(HALF, String.class),
					() -> context.sideEffect(HALF, () -> {
					}), () -> context.onFailure(HALF, () -> {
					})));
		}).start();

		assertThat(this.engine.run("halves", "h", "x").result()).isEqualTo(6);
	}

	@Test
	void namesWithHalfOfASurrogatePairAreRefusedByTheClient() {
		this.engine.workflow("waiter", String.class, (argument) -> this.workflow.awaitSignal("go", String.class))
			.start();
		this.engine.run("waiter", "w", "x");

		assertThat(refused(List.of(() -> StartOptions.defaults().tags(Map.of("a", HALF)),
				() -> StartOptions.defaults().tags(Map.of(HALF, "a")),
				() -> EnqueueOptions.defaults().tags(Map.of("a", HALF)),
				() -> this.engine.client().signal("w", HALF, "x"),
				() -> this.engine.client().signal("w", "go", "x", HALF))))
			.isEqualTo(5);
	}

	@Test
	void namesOfQueuesWithHalfOfASurrogatePairAreRefused() {
		this.engine.start();

		assertThatExceptionOfType(InvalidCallException.class).isThrownBy(() -> WorkQueue.named(HALF))
			.withMessageContaining("surrogate");
		assertThatExceptionOfType(InvalidCallException.class).isThrownBy(() -> this.engine.client().pauseQueue(HALF))
			.withMessageContaining("surrogate");
		assertThat(this.engine.client().queues()).isEmpty();
	}

	private static int refused(List<ThrowingRunnable> calls) {
		int refused = 0;
		for (ThrowingRunnable call : calls) {
			try {
				call.run();
			}
			catch (InvalidCallException ex) {
				refused += (ex.getMessage().startsWith("KRAFT-1008") && ex.getMessage().contains("surrogate")) ? 1 : 0;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
		return refused;
	}

	@Test
	void wholePairsAreKept() {
		this.engine.workflow("smiler", String.class, (argument) -> {
			this.workflow.state().set("😀", "😀");
			this.workflow.sleep(Duration.ofHours(1));
			return this.workflow.state().get("😀", String.class).orElse("");
		}).start();

		assertThat(this.engine.finish(this.engine.run("smiler", "s", "x"))).isEqualTo("😀");
	}

	@Test
	void aFailureWithHalfOfAPairHasTheSameMessageLiveAndOnReplay() {
		this.engine.workflow("failing", String.class, (argument) -> {
			String message;
			try {
				this.workflow.sideEffect("fail", () -> {
					throw new IllegalStateException(HALF);
				});
				message = "none";
			}
			catch (IllegalStateException ex) {
				message = String.valueOf(ex.getMessage());
			}
			return this.workflow.sideEffect("seen", String.class, () -> "half-\uFFFD").equals(message) ? "same"
					: message;
		}).start();

		assertThat(this.engine.run("failing", "f", "x").result()).isEqualTo("same");
	}

	@Test
	void aNullInTheStateIsRefusedWithTheNameOfClear() {
		this.engine.workflow("nuller", String.class, (argument) -> {
			try {
				this.workflow.state().set("k", nothing());
				return "set";
			}
			catch (InvalidCallException ex) {
				return ex.getMessage();
			}
		}).start();

		assertThat(this.engine.run("nuller", "n", "x").result()).asString()
			.startsWith("KRAFT-1008: ")
			.contains("clear(\"k\")");
	}

	@SuppressWarnings("NullAway") // What callers do whom nobody checks.
	private static Object nothing() {
		return null;
	}

	@Test
	void aSignalWithoutAPayloadAndTheEndOfTheTimeAreToldApart() {
		this.engine.workflow("waiter", String.class, (argument) -> {
			boolean first = this.workflow.awaitSignal("go", Duration.ofHours(1));
			boolean second = this.workflow.awaitSignal("go", Duration.ofHours(1));
			this.workflow.awaitSignal("end");
			return first + " " + second;
		}).start();
		WorkflowHandle<?> run = this.engine.run("waiter", "w", "x");
		run.signal("go", null);
		run.signal("end", null);

		assertThat(this.engine.finish(run)).isEqualTo("true false");
	}

	@Test
	void toATypedWaitANullIsAPayloadOfAnotherType() {
		this.engine
			.workflow("waiter", String.class,
					(argument) -> this.workflow.awaitSignal("go", String.class, Duration.ofHours(1))
						.orElse("time over"))
			.start();
		// One that has not begun does not say yet what it will wait for.
		WorkflowHandle<?> run = this.engine.client()
			.start("waiter", StartOptions.defaults().id("w").delay(Duration.ofHours(1)), "x");

		run.signal("go", null);
		this.engine.time().advance(Duration.ofHours(1));

		await().until(() -> run.status() == WorkflowStatus.PAUSED);
		assertThat(run.describe().reason()).startsWith("KRAFT-1004: the payload of signal 'go'")
			.contains("awaitSignal(name, timeout)");
		this.engine.crashAndStart();
		await().until(() -> this.engine.client().handle("w").status() == WorkflowStatus.PAUSED);
	}

	@Test
	void aMessageIdIsThatOfTheSignalsOfOneName() {
		this.engine
			.workflow("waiter", String.class,
					(argument) -> this.workflow.awaitSignal("a", String.class)
							+ this.workflow.awaitSignal("b", String.class)
							+ this.workflow.awaitSignal("a", String.class, Duration.ofHours(1)).orElse("-"))
			.start();
		WorkflowHandle<?> run = this.engine.run("waiter", "w", "x");

		this.engine.client().signal("w", "a", "1", "m-1");
		this.engine.client().signal("w", "b", "2", "m-1");
		this.engine.client().signal("w", "a", "3", "m-1");

		assertThat(this.engine.finish(run)).isEqualTo("12-");
	}

	@Test
	void aLambdaThatReturnsAValueOfItsOwnIsRefused() {
		ProxiedWorkflow flow = ProxiedWorkflow.define(this.engine, "flow",
				MethodSignature.of(String.class, String.class), (arguments) -> arguments[0]);
		this.engine.start();

		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.client().start(() -> "<" + flow.<String>call("1") + ">"))
			.withMessageStartingWith("KRAFT-1008")
			.withMessageContaining("returned a value of its own, a java.lang.String");
		assertThat(this.engine.client().start(() -> flow.<String>call("1")).result()).isEqualTo("1");
	}

	@Test
	void whatCausedAStepToFailCanBeAskedByItsType() {
		StepFailedException failure = new StepFailedException(UnknownHere.class.getName(), "no",
				new StepFailedException(UncheckedIOException.class.getName(), "disk", null));
		StepFailedException restored = new StepFailedException(failure.getMessage(), failure.getCause());

		for (StepFailedException failed : List.of(failure, restored)) {
			assertThat(failed.isCausedBy(UnknownHere.class)).isTrue();
			assertThat(failed.isCausedBy(IllegalStateException.class)).isTrue();
			assertThat(failed.isCausedBy(UncheckedIOException.class)).isTrue();
			assertThat(failed.isCausedBy(IllegalArgumentException.class)).isFalse();
		}
	}

	private static final class UnknownHere extends IllegalStateException {

		private static final long serialVersionUID = 1L;

	}

}
