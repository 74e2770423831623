package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.observation.AttemptObservation;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.observation.ObservedRun;
import io.kraft.engine.observation.RunObservation;
import io.kraft.engine.observation.RunOutcome;
import io.kraft.engine.testing.CapturedLog;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tokens of callbacks that the exceptions of steps quote reach no log and no trace.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TokenTextTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicReference<String> signature = new AtomicReference<>();

	private final List<String> observed = new ArrayList<>();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aTokenInTheExceptionOfAStepIsMaskedInLogsAndTraces() {
		start("cannot post to https://bank.example/", "");

		try (CapturedLog log = CapturedLog.ofAll("io.kraft")) {
			assertThatThrownBy(() -> this.engine.finish(this.engine.run("payment", "p", "x")))
				.isInstanceOf(WorkflowFailedException.class);

			String logged = String.join("\n",
					log.eventsWith("")
						.stream()
						.map((event) -> event.getFormattedMessage() + ((event.getThrowableProxy() != null)
								? ThrowableProxyUtil.asString(event.getThrowableProxy()) : ""))
						.toList());
			assertThat(logged).doesNotContain(this.signature.get())
				.contains("java.lang.IllegalStateException: cannot post to https://bank.example/")
				.contains("Suppressed: ", "Caused by: ", "TokenTextTests")
				.contains("~1~" + "*".repeat(43));
			assertThat(String.join("\n", this.observed)).doesNotContain(this.signature.get())
				.contains("java.lang.IllegalStateException: cannot post to https://bank.example/")
				.contains("~1~" + "*".repeat(43));
		}
	}

	@Test
	void aTokenThatIsCutInALongMessageIsRecordedMasked() {
		for (int before = 8050; before < 8200; before += 7) {
			String id = "p" + before;
			start("x".repeat(before), "y".repeat(200));
			assertThatThrownBy(() -> this.engine.finish(this.engine.run("payment", id, "x")))
				.isInstanceOf(WorkflowFailedException.class);

			assertThat(this.engine.client().export(id) + this.engine.client().failure(id)
					+ this.engine.client().handle(id).describe())
				.doesNotContain(this.signature.get().substring(0, 8));
			this.engine.crash();
		}
	}

	private void start(String before, String after) {
		StepDefinition post = StepDefinition.of("post", MethodSignature.of(void.class, String.class),
				RetryPolicy.defaults().withMaxAttempts(2).withInitialDelay(Duration.ofMillis(1)));
		this.engine.with((builder) -> builder.observer(new Notes())).workflow("payment", String.class, (argument) -> {
			Callback<String> callback = this.workflow.callback(String.class);
			this.signature.set(callback.token().split("~", -1)[2]);
			this.engine.call(post, (arguments) -> {
				IllegalStateException failure = new IllegalStateException(before + arguments[0] + after,
						new IllegalArgumentException("of " + arguments[0]));
				failure.addSuppressed(new IllegalArgumentException("beside " + arguments[0]));
				throw failure;
			}, callback.token());
			return callback.await();
		}).start();
	}

	private final class Notes implements EngineObserver {

		@Override
		public Map<String, String> traceContext() {
			return Map.of();
		}

		@Override
		public RunObservation observe(ObservedRun run) {
			return new RunObservation() {

				@Override
				public Scope enter() {
					return () -> {
					};
				}

				@Override
				public AttemptObservation attempt(String step, int attempt) {
					return (outcome, failure) -> {
						for (Throwable at = failure; at != null; at = at.getCause()) {
							TokenTextTests.this.observed.add(at + " " + at.getMessage() + List.of(at.getSuppressed()));
						}
					};
				}

				@Override
				public void end(RunOutcome outcome, @Nullable String failure) {
					TokenTextTests.this.observed.add(String.valueOf(failure));
				}

			};
		}

		@Override
		public void begun(String workflow, Duration waited) {
		}

		@Override
		public void fired(Duration lag) {
		}

		@Override
		public void committed(int commits, int sizeBytes, long nanos) {
		}

	}

}
