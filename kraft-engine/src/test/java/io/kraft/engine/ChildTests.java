package io.kraft.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Runs that start others, with waiting runs kept in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class ChildTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	ChildTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	private final ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
			MethodSignature.of(String.class, String.class), (arguments) -> {
				this.workflow.sleep(Duration.ofHours(1));
				return arguments[0] + "!";
			});

	@Test
	void aWorkflowThatIsCalledInARunIsAChildWithAnIdMadeOfItsPlace() {
		this.engine.workflow("parent", String.class, (argument) -> this.child.<String>call("a")).start();

		assertThat(this.engine.finish(this.engine.run("parent", "p", "x"))).isEqualTo("a!");
		assertThat(this.engine.client().find("p.1")).get().satisfies((run) -> assertThat(run.parentId()).contains("p"));
	}

	@Test
	void childrenRunAtOnceAndSurviveACrash() {
		this.engine.workflow("parent", String.class, (argument) -> {
			DurableFuture<String> a = this.workflow.startChild(() -> this.child.<String>call("a"));
			DurableFuture<String> b = this.workflow.startChild(() -> this.child.<String>call("b"));
			return String.join(",", DurableFuture.allOf(a, b).await());
		}).start();
		this.engine.run("parent", "p", "x");
		await().until(() -> this.engine.client().handle("p").status() == WorkflowStatus.SUSPENDED);
		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("p"))).isEqualTo("a!,b!");
	}

	@Test
	void aCancelledParentCancelsTheChildItWaitsFor() {
		this.engine.workflow("parent", String.class, (argument) -> this.child.<String>call("a")).start();
		WorkflowHandle<?> run = this.engine.run("parent", "p", "x");
		await().until(() -> this.engine.client().find("p.1").isPresent()
				&& this.engine.client().handle("p.1").status() == WorkflowStatus.SUSPENDED);

		run.cancel();

		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(run::result);
		assertThatExceptionOfType(WorkflowCancelledException.class)
			.isThrownBy(() -> this.engine.client().handle("p.1").result());
	}

}
