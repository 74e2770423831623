package io.kraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.NonRetryableStepException;
import io.kraft.workflow.TypeRef;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A handle has the operations of its run.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HandleOperationsTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicBoolean broken = new AtomicBoolean(true);

	@BeforeEach
	void start() {
		this.engine.workflow("waiting", String.class, (argument) -> {
			this.workflow.publish("words", List.of("a", "b"));
			return this.workflow.awaitSignal("go", String.class) + this.workflow.awaitSignal("go", String.class);
		}).workflow("fragile", String.class, (argument) -> this.engine.step("pay", String.class, () -> {
			if (this.broken.get()) {
				throw new NonRetryableStepException("broken");
			}
			return argument;
		})).start();
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aRepeatedMessageIdIsOneSignal() {
		WorkflowHandle<?> run = waiting();

		run.signal("go", "1", "first");
		run.signalAsync("go", "1", "first").join();
		run.signalAsync("go", "2").join();

		assertThat(this.engine.finish(run)).isEqualTo("12");
	}

	@Test
	void aRunIsPausedAndResumed() {
		WorkflowHandle<?> run = waiting();

		run.pause();
		this.engine.awaitQuiet();
		assertThat(run.status()).isEqualTo(WorkflowStatus.PAUSED);
		run.resume();
		run.signal("go", "1");
		run.signal("go", "2");

		assertThat(this.engine.finish(run)).isEqualTo("12");
	}

	@Test
	void aRunIsEndedInEachWay() {
		WorkflowHandle<?> cancelled = waiting("cancelled");
		WorkflowHandle<?> terminated = waiting("terminated");
		WorkflowHandle<?> failed = waiting("failed");

		cancelled.cancel();
		terminated.terminate();
		failed.failRun("no longer wanted");
		this.engine.awaitQuiet();

		assertThat(cancelled.status()).isEqualTo(WorkflowStatus.CANCELLED);
		assertThat(terminated.status()).isEqualTo(WorkflowStatus.TERMINATED);
		assertThat(failed.status()).isEqualTo(WorkflowStatus.FAILED);
	}

	@Test
	void aFailedRunIsRetriedByItsHandleWhichHasTheResultThen() {
		WorkflowHandle<String> run = fragile();
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);

		this.broken.set(false);

		assertThat(run.retry()).isSameAs(run);
		assertThat(run.result(Duration.ofSeconds(30))).isEqualTo("x");
	}

	@Test
	void aRestartIsAnotherRunWhoseResultIsOfTheSameType() {
		WorkflowHandle<String> run = fragile();
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(run::result);
		this.broken.set(false);

		WorkflowHandle<String> restarted = run.restart();
		WorkflowHandle<String> again = run.restartFrom("1");

		assertThat(restarted.id()).isEqualTo("fragile-1~2");
		assertThat(restarted.result()).isEqualTo("x");
		assertThat(again.id()).isEqualTo("fragile-1~3");
		assertThat(again.result()).isEqualTo("x");
	}

	@Test
	void aRunThatHasEndedIsDeleted() {
		WorkflowHandle<?> run = waiting();
		assertThatExceptionOfType(WorkflowNotEndedException.class).isThrownBy(run::delete);
		run.terminate();

		run.delete();

		assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(run::status);
	}

	@Test
	void whatAGenericTypeHasIsReadAsThat() {
		WorkflowHandle<?> run = waiting();
		this.engine.awaitQuiet();

		assertThat(run.published("words", new TypeRef<List<String>>() {
		})).hasValue(List.of("a", "b"));
	}

	@Test
	void anUnknownRunIsRefusedByEachOperation() {
		WorkflowHandle<?> unknown = this.engine.client().handle("unknown");

		assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(unknown::pause);
		assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(unknown::retry);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(unknown.signalAsync("go", "x")::join)
			.withCauseInstanceOf(WorkflowNotFoundException.class);
	}

	@Test
	@SuppressWarnings("NullAway") // On purpose.
	void aMissingArgumentIsNamedWithTheMethodOfTheHandle() {
		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.client().handle("x").failRun(null))
			.withMessageContaining("the argument 'reason' of WorkflowHandle.failRun(…) is null");
	}

	private WorkflowHandle<?> waiting() {
		return waiting("waiting-1");
	}

	private WorkflowHandle<?> waiting(String id) {
		return this.engine.run("waiting", id, "x");
	}

	private WorkflowHandle<String> fragile() {
		this.engine.run("fragile", "fragile-1", "x");
		return this.engine.client().handle("fragile-1", new TypeRef<String>() {
		});
	}

}
