package io.kraft.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.kraft.client.CallTimeoutException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.testing.CapturedLog;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Callers that wait for a run which does not end by itself, with waiting runs kept in
 * memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class CallTimeoutTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String WAITS = "WARN A caller waits for the end of run 's' (sleeper), which is paused: ";

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final ProxiedWorkflow sleeper = ProxiedWorkflow.define(this.engine, "sleeper",
			MethodSignature.of(String.class, String.class), ResultStyle.PLAIN, (arguments) -> "s", (arguments) -> {
				this.workflow.sleep(Duration.ofHours(1));
				return arguments[0] + "!";
			});

	private final ProxiedWorkflow promising = ProxiedWorkflow.define(this.engine, "promising",
			MethodSignature.of(String.class, String.class), ResultStyle.COMPLETION_STAGE, (arguments) -> "s",
			(arguments) -> {
				this.workflow.sleep(Duration.ofHours(1));
				return CompletableFuture.completedFuture(arguments[0] + "!");
			});

	CallTimeoutTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aDirectCallOfAPausedRunEndsWhenItsTimeIsOverAndTheRunContinues() {
		this.engine.with((builder) -> builder.callTimeout(LIMIT)).start();
		CompletableFuture<Object> call = called();
		awaitStatus(WorkflowStatus.SUSPENDED);
		this.engine.client().pause("s");
		awaitStatus(WorkflowStatus.PAUSED);
		awaitAlarm();

		this.engine.time().advance(LIMIT.minusMillis(1));
		assertThat(call).isNotDone();
		this.engine.time().advance(Duration.ofMillis(1));

		assertThatExceptionOfType(ExecutionException.class).isThrownBy(call::get)
			.withCauseInstanceOf(CallTimeoutException.class)
			.havingCause()
			.withMessageStartingWith("KRAFT-3030: a direct call has waited for run 's' for PT30S")
			.withMessageContainingAll("status is PAUSED", "resumed", "failRun", "terminate", "The run continues")
			.satisfies((failure) -> assertThat(((CallTimeoutException) failure).runId()).isEqualTo("s"))
			.satisfies(
					(failure) -> assertThat(((CallTimeoutException) failure).status()).isEqualTo(WorkflowStatus.PAUSED))
			.satisfies((failure) -> assertThat(failure.getStackTrace()).as("that of the caller")
				.anyMatch((frame) -> frame.getClassName().startsWith(CallTimeoutTests.class.getName())));
		this.engine.client().resume("s");
		assertThat(this.engine.finish(run())).isEqualTo("a!");
	}

	@Test
	void theFutureOfADirectCallFailsWhenItsTimeIsOver() throws Exception {
		this.engine.with((builder) -> builder.callTimeout(LIMIT)).start();
		CompletableFuture<Object> call = this.promising.call("a");
		awaitStatus(WorkflowStatus.SUSPENDED);
		awaitAlarm();

		this.engine.time().advance(LIMIT);

		assertThatExceptionOfType(ExecutionException.class).isThrownBy(call::get)
			.withCauseInstanceOf(CallTimeoutException.class)
			.havingCause()
			.withMessageContaining("its status is SUSPENDED.");
		assertThat(this.engine.finish(run())).isNotNull();
	}

	@Test
	void aCallWhoseRunEndsInTimeOrThatIsGivenUpLeavesNoAlarm() throws Exception {
		this.engine.with((builder) -> builder.callTimeout(Duration.ofHours(2))).start();
		CompletableFuture<Object> givenUp = this.promising.call("a");
		awaitStatus(WorkflowStatus.SUSPENDED);
		givenUp.cancel(false);
		CompletableFuture<Object> call = this.promising.call("b");

		this.engine.finish(run());

		assertThat(call.join()).isEqualTo("a!");
		await().untilAsserted(() -> assertThat(this.engine.time().nextDue()).isEmpty());
	}

	@Test
	void withoutATimeOutACallWaitsAsLongAsItsRunTakes() {
		this.engine.start();
		CompletableFuture<Object> call = called();
		awaitStatus(WorkflowStatus.SUSPENDED);

		this.engine.time().advance(Duration.ofHours(1));

		assertThat(call.join()).isEqualTo("a!");
	}

	@Test
	void aTimeOutOfZeroIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.engine.with((builder) -> builder.callTimeout(Duration.ZERO)).start())
			.withMessage("callTimeout is more than 0, but was PT0S");
	}

	@Test
	void whenARunIsPausedThatACallerWaitsForThatIsLogged() {
		this.engine.start();
		try (CapturedLog log = CapturedLog.of("io.kraft.engine")) {
			CompletableFuture<Object> call = called();
			awaitStatus(WorkflowStatus.SUSPENDED);
			this.engine.client().pause("s");

			await().untilAsserted(() -> assertThat(warnings(log)).isOne());
			assertThat(log.lines()).anyMatch((line) -> line.startsWith(WAITS + "paused on request")
					&& line.contains("resumed") && line.contains("failRun") && line.contains("terminate"));
			assertThat(log.eventsWith("A caller waits").getFirst().getMDCPropertyMap()).containsEntry("kraft.run.id",
					"s");
			this.engine.client().failRun("s", "no more");
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(call::get)
				.havingCause()
				.withMessageContaining("no more");
		}
	}

	@Test
	void whoComesToWaitForAPausedRunIsLoggedOnceAMinute() {
		this.engine.start();
		this.engine.run("sleeper", "s", "a");
		awaitStatus(WorkflowStatus.SUSPENDED);
		try (CapturedLog log = CapturedLog.of("io.kraft.engine")) {
			this.engine.client().pause("s");
			awaitStatus(WorkflowStatus.PAUSED);
			assertThat(warnings(log)).as("nobody waits").isZero();

			run().resultAsync();
			run().resultAsync().cancel(false);
			assertThatExceptionOfType(KraftException.class).isThrownBy(() -> run().result(Duration.ZERO));
			await().untilAsserted(() -> assertThat(warnings(log)).isOne());

			this.engine.time().advance(Duration.ofMinutes(1));
			run().resultAsync();
			await().untilAsserted(() -> assertThat(warnings(log)).isEqualTo(2));
		}
	}

	@Test
	void eachPauseOfARunThatIsWaitedForIsLogged() {
		this.engine.start();
		try (CapturedLog log = CapturedLog.of("io.kraft.engine")) {
			called();
			awaitStatus(WorkflowStatus.SUSPENDED);
			this.engine.client().pause("s");
			await().untilAsserted(() -> assertThat(warnings(log)).isOne());
			this.engine.client().resume("s");
			awaitStatus(WorkflowStatus.SUSPENDED);

			this.engine.client().pause("s");

			await().untilAsserted(() -> assertThat(warnings(log)).isEqualTo(2));
		}
	}

	private CompletableFuture<Object> called() {
		CompletableFuture<Object> call = new CompletableFuture<>();
		Thread.ofVirtual().start(() -> {
			try {
				call.complete(this.sleeper.call("a"));
			}
			catch (Throwable ex) {
				call.completeExceptionally(ex);
			}
		});
		return call;
	}

	private WorkflowHandle<?> run() {
		return this.engine.client().handle("s");
	}

	private void awaitStatus(WorkflowStatus status) {
		await().until(() -> this.engine.client().find("s").filter((run) -> run.status() == status).isPresent());
	}

	/** It is set when the start is durable. */
	private void awaitAlarm() {
		await().until(() -> this.engine.time()
			.nextDue()
			.filter(this.engine.time().instant().plus(LIMIT)::equals)
			.isPresent());
	}

	private static long warnings(CapturedLog log) {
		return log.lines().stream().filter((line) -> line.startsWith(WAITS)).count();
	}

}
