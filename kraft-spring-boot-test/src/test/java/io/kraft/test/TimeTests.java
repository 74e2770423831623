package io.kraft.test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.kraft.client.ResultTimeoutException;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.test.call.WaitingInVainError;
import io.kraft.test.time.StillRunningError;
import io.kraft.workflow.StepTimeoutException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How the clock of a test is moved, and what it waits for.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TimeTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final CountDownLatch gate = new CountDownLatch(1);

	@RegisterExtension
	final KraftEngineExtension kraft = new KraftEngineExtension()
		.step("note", String.class, String.class, (text) -> note(text))
		.step("flaky", String.class, String.class, (text) -> flaky())
		.step("blocked", String.class, String.class, (text) -> blocked())
		.step(StepDefinition
			.of("timed", MethodSignature.of(String.class, String.class), RetryPolicy.defaults().withMaxAttempts(1))
			.withTimeout(Duration.ofSeconds(30)), (arguments) -> note("timed"))
		.workflow("sleep", String.class, String.class, (days) -> {
			this.workflow.sleep(Duration.ofDays(Long.parseLong(days)));
			return this.workflow.call("note", String.class, days + " days");
		})
		.workflow("retry", String.class, String.class, (text) -> this.workflow.call("flaky", String.class, text))
		.workflow("block", String.class, String.class, (text) -> this.workflow.call("blocked", String.class, text))
		.workflow("time", String.class, String.class, (text) -> {
			try {
				return this.workflow.call("timed", String.class, text);
			}
			catch (StepTimeoutException ex) {
				return "timed out at " + this.workflow.now();
			}
		})
		.workflow("listen", String.class, String.class,
				(text) -> this.workflow.awaitSignal("go", String.class, Duration.ofHours(1)).orElse("nothing"))
		.workflow("wait", String.class, String.class, (text) -> this.workflow.awaitSignal("go", String.class))
		.workflow(WorkflowDefinition
			.of("limited", MethodSignature.of(String.class, String.class),
					(arguments) -> this.workflow.awaitSignal("go", String.class))
			.withTimeout(Duration.ofHours(2)))
		.workflow("loop", String.class, Integer.class, (text) -> {
			int turns = 0;
			for (; turns < 30; turns++) {
				this.workflow.sleep(Duration.ofDays(1));
			}
			return turns;
		});

	private final WorkflowTestEnvironment environment() {
		return this.kraft.environment();
	}

	@Test
	void theClockStandsStillUntilItIsMoved() {
		WorkflowHandle<?> run = start("sleep", "30");

		environment().settle();
		assertThat(environment().now()).isEqualTo(ManualScheduler.START);
		assertThatRun(run).isWaiting();

		environment().advance(Duration.ofDays(30).minusMillis(1));
		assertThatRun(run).isWaiting();

		environment().advance(Duration.ofMillis(1));
		assertThatRun(run).isCompletedWith("30 days").executed("note").once();
		assertThat(environment().now()).isEqualTo(ManualScheduler.START.plus(Duration.ofDays(30)));
	}

	@Test
	void whatFallsDueHappensInTheOrderOfItsTime() {
		List.of("3", "1", "2", "5").forEach((days) -> start("sleep", days));

		environment().advance(Duration.ofDays(4));

		assertThat(this.events).containsExactly("1 days", "2 days", "3 days");
	}

	@Test
	void whatIsScheduledOnTheWayHappensToo() {
		WorkflowHandle<?> run = start("loop", "x");

		environment().advance(Duration.ofDays(30));

		assertThatRun(run).isCompletedWith(30);
	}

	@Test
	void aYearIsOverAtOnceAlsoWhereFinishedRunsAreSwept() {
		WorkflowHandle<?> finished = start("sleep", "1");
		WorkflowHandle<?> late = start("sleep", "365");

		environment().advance(Duration.ofDays(8));
		assertThat(this.kraft.client().find(finished.id())).as("its retention is 7 days").isEmpty();

		environment().advance(Duration.ofDays(357));
		assertThatRun(late).isCompleted();
	}

	@Test
	void retriesComeWhenTheyAreDue() {
		WorkflowHandle<?> run = start("retry", "x");

		environment().settle();
		assertThat(this.events).containsExactly("attempt");

		environment().advance(Duration.ofMinutes(1));
		assertThat(this.events).containsExactly("attempt", "attempt", "attempt");
		assertThatRun(run).isCompletedWith("third time");
	}

	@Test
	void timeOutsOfWaitsAndOfRunsComeWhenTheyAreDue() {
		WorkflowHandle<?> listening = start("listen", "x");
		WorkflowHandle<?> limited = start("limited", "x");

		environment().advance(Duration.ofHours(1));
		assertThatRun(listening).isCompletedWith("nothing");
		assertThatRun(limited).isWaitingFor("go");

		environment().advance(Duration.ofHours(1));
		assertThatRun(limited).isTimedOut();
	}

	@Test
	void aStepThatHangsIsEndedByItsTimeOut() {
		environment().stub("timed").hangs();
		WorkflowHandle<?> run = start("time", "x");

		environment().advance(Duration.ofSeconds(29));
		assertThatRun(run).executed("timed").never();

		environment().advance(Duration.ofSeconds(1));
		assertThatRun(run).isCompletedWith("timed out at 2026-01-01T00:00:30Z");
	}

	@Test
	void aStepThatRunsIsWaitedFor() {
		CountDownLatch inside = new CountDownLatch(1);
		environment().stub("blocked", (arguments) -> {
			inside.countDown();
			this.gate.await();
			return "done";
		});
		WorkflowHandle<?> run = start("block", "x");
		Thread opener = Thread.ofVirtual().start(() -> {
			await(inside);
			this.gate.countDown();
		});

		environment().advance(Duration.ofDays(1));

		assertThat(opener.isAlive()).isFalse();
		assertThatRun(run).isCompletedWith("done");
	}

	@Test
	void aStepThatDoesNotReturnIsNamedWhenTheLimitIsOver() {
		start("block", "x");

		assertThatExceptionOfType(StillRunningError.class)
			.isThrownBy(() -> environment().limit(Duration.ofMillis(50)).advance(Duration.ofDays(1)))
			.withMessageContaining("the clock stays at 2026-01-01T00:00:00Z")
			.withMessageContaining(
					"run 'block' (block) executes step 'blocked' at 1, attempt 1, since 2026-01-01T00:00:00Z")
			.withMessageContaining("stub(\"<step>\").hangs()");

		this.gate.countDown();
		environment().limit(Duration.ofSeconds(10)).advance(Duration.ofDays(1));
		assertThatRun(this.kraft.client().handle("block")).isCompletedWith("released");
	}

	@Test
	void aTestThatForgetsARunInFlightEndsCleanly() {
		start("block", "x");
		start("sleep", "1000");
		start("wait", "x");
	}

	@Test
	void whoWaitsForAResultLetsTimePass() {
		assertThat(start("sleep", "3").result()).isEqualTo("3 days");
		assertThat(environment().now()).isEqualTo(ManualScheduler.START.plus(Duration.ofDays(3)));
	}

	@Test
	void whoWaitsForAResultForATimeLetsThatPass() {
		WorkflowHandle<?> run = start("sleep", "3");

		assertThatExceptionOfType(ResultTimeoutException.class).isThrownBy(() -> run.result(Duration.ofDays(2)));

		assertThat(environment().now()).isEqualTo(ManualScheduler.START.plus(Duration.ofDays(2)));
		assertThat(run.result(Duration.ofDays(2))).isEqualTo("3 days");
		assertThat(environment().now()).isEqualTo(ManualScheduler.START.plus(Duration.ofDays(3)));
	}

	@Test
	void whoWaitsInVainIsTold() {
		WorkflowHandle<?> run = start("wait", "x");

		assertThatExceptionOfType(WaitingInVainError.class).isThrownBy(run::result)
			.withMessageContaining("run 'wait' (wait) is SUSPENDED, waiting for signal 'go'")
			.withMessageContaining("signal");
	}

	@Test
	void theClockDoesNotGoBack() {
		environment().advance(Duration.ofDays(1));

		assertThatIllegalArgumentException().isThrownBy(() -> environment().advance(Duration.ofDays(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> environment().advanceTo(Instant.EPOCH))
			.withMessageContaining("cannot go back");
	}

	private WorkflowHandle<@Nullable Object> start(String workflow, String argument) {
		String id = workflow.equals("sleep") ? workflow + "-" + argument : workflow;
		return this.kraft.client().start(workflow, StartOptions.defaults().id(id), argument);
	}

	private String note(String text) {
		this.events.add(text);
		return text;
	}

	private String flaky() throws IOException {
		this.events.add("attempt");
		if (this.events.size() < 3) {
			throw new IOException("down");
		}
		return "third time";
	}

	private String blocked() throws InterruptedException {
		this.gate.await();
		return "released";
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
