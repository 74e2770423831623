package io.kraft.engine.control;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.HostAccess;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.run.RunJournal;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A run is resumed just after it was decided to load it, before it can be found in
 * memory, and may read the request to pause all the same: its removal is not durable yet.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ResumedWhileLoadedTests {

	private final TestEngine engine = new TestEngine();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aRunThatIsResumedBeforeItIsFoundInMemoryDoesNotStayPaused() throws ReflectiveOperationException {
		WorkflowContext workflow = WorkflowContext.ofCallingRun();
		this.engine.with((builder) -> builder.maxParkedWorkflows(0))
			.workflow("order", String.class, (argument) -> workflow.awaitSignal("go", String.class))
			.start();
		WorkflowHandle<?> run = this.engine.run("order", "o", "x");
		await().atMost(Duration.ofSeconds(20)).until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.awaitQuiet();
		RunEnvironment environment = environment();
		long number = environment.delivery().target("o").number();
		RunJournal journal = environment.ledger().decide(number, (record) -> {
			record.measureJournal();
			return RunJournal.open(environment, record, Objects.requireNonNull(record.row()), 0);
		});

		this.engine.client().pause("o");
		assertThat(journal.isResumed()).isFalse();
		this.engine.client().resume("o");

		assertThat(journal.isResumed()).isTrue();
		environment.ledger().decide(number, (record) -> {
			journal.close();
			return number;
		});
		this.engine.client().signal("o", "go", "gone");
		assertThat(run.result()).isEqualTo("gone");
	}

	/** What the loader works with. */
	private RunEnvironment environment() throws ReflectiveOperationException {
		var field = Execution.class.getDeclaredField("environment");
		field.setAccessible(true);
		Execution execution = HostAccess.of(this.engine.engine()).of("o").execution();
		return (RunEnvironment) Objects.requireNonNull(field.get(execution));
	}

}
