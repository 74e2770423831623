package io.kraft.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Crashes that a test makes by hand.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CrashTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	private final CountDownLatch inside = new CountDownLatch(1);

	@RegisterExtension
	final KraftEngineExtension kraft = new KraftEngineExtension()
		.step("first", String.class, String.class, (text) -> enter("first"))
		.step("second", String.class, String.class, (text) -> enter("second"))
		.workflow("two", String.class, String.class, (text) -> {
			this.workflow.call("first", String.class, text);
			this.workflow.sleep(Duration.ofDays(1));
			return this.workflow.call("second", String.class, text);
		})
		.workflow("one", String.class, String.class, (text) -> this.workflow.call("first", String.class, text));

	@Test
	void aRunGoesOnAfterACrashBehindItsLastRecordedStep() {
		WorkflowTestEnvironment environment = this.kraft.environment();
		WorkflowHandle<?> run = this.kraft.client().start("two", StartOptions.defaults(), "x");
		environment.settle();

		environment.crash();
		environment.restart();
		environment.advance(Duration.ofDays(1));

		assertThatRun(run).isCompletedWith("second");
		assertThat(this.bodies).containsExactly("first", "second");
	}

	@Test
	void aHandleOperatesItsRunAcrossACrashAndMakesHandlesOfTheTest() {
		WorkflowTestEnvironment environment = this.kraft.environment();
		WorkflowHandle<?> run = this.kraft.client().start("two", StartOptions.defaults().id("r"), "x");
		environment.settle();
		run.cancel();
		environment.crash();
		environment.restart();

		WorkflowHandle<?> restarted = run.restart();

		assertThat(restarted.result()).isEqualTo("second");
		assertThat(restarted.id()).isEqualTo("r~2");
		assertThat(restarted.restartFrom("1").id()).isEqualTo("r~3");
	}

	@Test
	void nothingHappensBetweenACrashAndTheRestart() {
		WorkflowTestEnvironment environment = this.kraft.environment();
		WorkflowHandle<?> run = this.kraft.client().start("two", StartOptions.defaults(), "x");
		environment.settle();

		environment.crash();
		environment.advance(Duration.ofDays(2));
		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(run::status);
		environment.restart();

		assertThatRun(run).isCompletedWith("second");
	}

	@Test
	void aStepThatACrashCutsOffIsEnteredAgain() throws InterruptedException {
		WorkflowTestEnvironment environment = this.kraft.environment();
		environment.stub("first", (arguments) -> {
			this.bodies.add("cut off");
			this.inside.countDown();
			new CountDownLatch(1).await();
			return "never";
		});
		WorkflowHandle<?> run = this.kraft.client().start("one", StartOptions.defaults(), "x");
		this.inside.await();

		environment.crash();
		environment.stub("first").returns("entered again");
		environment.restart();

		assertThatRun(run).isCompletedWith("entered again");
		assertThat(this.bodies).containsExactly("cut off");
	}

	private String enter(String name) {
		this.bodies.add(name);
		return name;
	}

}
