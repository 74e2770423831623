package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.workflow.WorkflowFailedException;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is undone when a run fails, with waiting runs kept in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class UndoTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	UndoTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	private final List<String> undone = Collections.synchronizedList(new ArrayList<>());

	@Test
	void whatWasDoneIsUndoneTheLastFirstWhenTheRunFails() {
		this.engine.workflow("saga", String.class, (argument) -> {
			book("car");
			this.workflow.onFailure("mail", () -> this.engine.step("send", String.class, () -> {
				this.undone.add("mail");
				return "sent";
			}));
			book("flight");
			this.workflow.sleep(Duration.ofHours(1));
			throw new IllegalStateException("no hotel");
		}).start();
		WorkflowHandle<?> run = this.engine.run("saga", "s", "x");

		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> this.engine.finish(run))
			.havingCause()
			.withMessage("no hotel");
		assertThat(this.undone).containsExactly("flight-1", "mail", "car-1");
	}

	private String book(String what) {
		StepDefinition cancel = StepDefinition.of("cancel", MethodSignature.of(void.class, String.class, String.class),
				RetryPolicy.defaults());
		StepDefinition book = StepDefinition
			.of("book", MethodSignature.of(String.class, String.class), RetryPolicy.defaults())
			.withCompensation(new Compensation(cancel, (arguments, result) -> new Object[] { arguments[0], result },
					(arguments) -> {
						this.undone.add(String.valueOf(arguments[1]));
						return null;
					}));
		return this.engine.step(book, () -> what + "-1", what);
	}

}
