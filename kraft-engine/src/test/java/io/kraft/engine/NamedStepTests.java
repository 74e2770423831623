package io.kraft.engine;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.NotInWorkflowException;
import io.kraft.workflow.TypeRef;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Calls of steps by their names.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NamedStepTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicInteger calls = new AtomicInteger();

	NamedStepTests() {
		this.engine.namedStep("shout", String.class, (argument) -> {
			this.calls.incrementAndGet();
			return argument.toUpperCase(Locale.ROOT);
		})
			.namedStep("length", int.class, String::length)
			.namedStep(StepDefinition.of("letters", MethodSignature.of(new TypeRef<List<String>>() {
			}.type(), String.class), RetryPolicy.none()), (argument) -> List.of(argument.split("")))
			.namedStep(
					StepDefinition.of("fail", new MethodSignature(List.of(String.class), String.class,
							List.of(IOException.class), NamedStepTests.class.getClassLoader()), RetryPolicy.none()),
					(argument) -> {
						throw new IOException(argument);
					});
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aStepIsJournaledAndReplayedAsIfItsMethodWereCalled() {
		this.engine.workflow("order", String.class, (argument) -> {
			String shout = this.workflow.call("shout", String.class, argument);
			int length = this.workflow.call("length", int.class, argument);
			List<String> letters = this.workflow.call("letters", new TypeRef<List<String>>() {
			}, argument);
			this.workflow.awaitSignal("go", String.class);
			return shout + length + letters;
		}).start();
		this.engine.run("order", "o", "abc");
		await().until(() -> this.engine.client().handle("o").status() == WorkflowStatus.SUSPENDED);
		this.engine.crashAndStart();
		this.engine.client().signal("o", "go", "now");

		assertThat(this.engine.client().handle("o").result()).isEqualTo("ABC3[a, b, c]");
		assertThat(this.calls.get()).isEqualTo(1);
	}

	@Test
	void aStepsOwnExceptionReachesTheWorkflowAsItself() {
		this.engine.workflow("order", String.class, (argument) -> {
			try {
				return this.workflow.call("fail", String.class, argument);
			}
			catch (Exception ex) {
				return ex.getClass().getSimpleName() + " " + ex.getMessage();
			}
		}).start();

		assertThat(this.engine.run("order", "o", "abc").result()).isEqualTo("IOException abc");
	}

	@Test
	void aStepThatIsUnknownPausesTheRunUntilItIsKnown() {
		this.engine.workflow("order", String.class, (argument) -> this.workflow.call("whisper", String.class, argument))
			.start();
		this.engine.run("order", "o", "abc");
		await().until(() -> this.engine.client().handle("o").status() == WorkflowStatus.PAUSED);
		assertThat(this.engine.client().handle("o").describe().reason())
			.satisfies((text) -> assertThat(text).startsWith("KRAFT-1010: ")
				.contains("'whisper'")
				.contains("Known are: 'fail', 'length', 'letters', 'shout'"));

		this.engine.namedStep("whisper", String.class, (argument) -> "(" + argument + ")").crashAndStart();

		assertThat(this.engine.client().handle("o").result()).isEqualTo("(abc)");
	}

	@Test
	void whatDoesNotFitTheStepIsRefusedBeforeItRuns() {
		this.engine.workflow("few", String.class, (argument) -> this.workflow.call("shout", String.class))
			.workflow("other", String.class, (argument) -> this.workflow.call("shout", String.class, 7))
			.workflow("type", String.class, (argument) -> "" + this.workflow.call("shout", Integer.class, argument))
			.workflow("inside", String.class,
					(argument) -> this.engine.step("body", String.class,
							() -> this.workflow.call("shout", String.class, argument)))
			.start();

		assertRefused("few", "takes [java.lang.String], but was called by name with []");
		assertRefused("other", "takes [java.lang.String], but was called by name with [java.lang.Integer]");
		assertRefused("type", "returns java.lang.String, but was called by name for a java.lang.Integer");
		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> this.engine.run("inside", "inside", "x").result())
			.withCauseInstanceOf(NotInWorkflowException.class);
		assertThatExceptionOfType(NotInWorkflowException.class)
			.isThrownBy(() -> this.workflow.call("shout", String.class, "x"));
		assertThat(this.calls.get()).isZero();
	}

	private void assertRefused(String workflow, String message) {
		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> this.engine.run(workflow, workflow, "abc").result())
			.withCauseInstanceOf(InvalidCallException.class)
			.withMessageContaining(message);
	}

}
