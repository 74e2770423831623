package io.kraft.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.testing.CrashPoint;
import io.kraft.engine.testing.CrashPoint.Crash;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.StepOutcomeUnknownException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run that uses everything is crashed at each of its commits, once just before the
 * commit is applied and once just after, and must end as if nothing had happened.
 */
@Proves(fault = "The process dies before or after each commit of a run",
		promise = "The next start continues as if nothing had happened")
class CrashAtEveryCommitTests {

	private static final StepDefinition AT_MOST_ONCE = StepDefinition
		.of("once", MethodSignature.of(String.class), RetryPolicy.defaults())
		.withDelivery(Delivery.AT_MOST_ONCE);

	@TestFactory
	Stream<DynamicTest> aRunThatWaitsInMemoryEndsTheSameWhereverItIsCrashed() {
		return crashes(10_000);
	}

	@TestFactory
	Stream<DynamicTest> aRunThatIsUnloadedEndsTheSameWhereverItIsCrashed() {
		return crashes(0);
	}

	private static Stream<DynamicTest> crashes(int maxParked) {
		Outcome undisturbed = new Scenario(maxParked, CrashPoint.NONE).play();
		assertThat(undisturbed.status()).isEqualTo(WorkflowStatus.COMPLETED);
		assertThat(undisturbed.commits()).isGreaterThan(10);
		return CrashPoint.tests(undisturbed.commits(), maxParked,
				(point) -> new Scenario(maxParked, point).play().check(undisturbed));
	}

	/**
	 * What is left when all is over.
	 *
	 * @param bodies how often each body was entered, by its idempotency key
	 */
	record Outcome(WorkflowStatus status, String result, List<String> journal, Map<String, Integer> bodies,
			int commits) {

		void check(Outcome undisturbed) {
			assertThat(this.status).isEqualTo(WorkflowStatus.COMPLETED);
			List<String> enteredAgain = this.bodies.keySet()
				.stream()
				.filter((body) -> this.bodies.get(body) > undisturbed.bodies.getOrDefault(body, 0))
				.toList();
			assertThat(enteredAgain).as("bodies that were entered again").hasSizeLessThanOrEqualTo(1);
			assertThat(this.bodies.getOrDefault("once", 0)).isLessThanOrEqualTo(1);
			if (this.result.contains("unknown")) {
				assertThat(enteredAgain).isEmpty();
				assertThat(this.result.replace("unknown", "done")).isEqualTo(undisturbed.result);
			}
			else {
				assertThat(this.bodies.get("once")).isEqualTo(1);
				assertThat(this.result).isEqualTo(undisturbed.result);
				assertThat(this.journal).isEqualTo(undisturbed.journal);
			}
		}

	}

	/**
	 * One life of the run, with one crash in it.
	 */
	static final class Scenario {

		private final TestEngine engine = new TestEngine();

		private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

		private final Map<String, Integer> bodies = Collections.synchronizedMap(new LinkedHashMap<>());

		private final Crash crash;

		Scenario(int maxParked, CrashPoint point) {
			this.engine.with((builder) -> builder.maxParkedWorkflows(maxParked));
			this.crash = point.in(this.engine);
		}

		Outcome play() {
			this.engine.workflow("everything", String.class, this::everything);
			try (TestEngine running = this.engine.start()) {
				try {
					running.finish(running.run("everything", "run-1", "x"));
				}
				catch (KraftException ex) {
					this.crash.check(ex);
				}
				if (this.crash.hasHappened()) {
					running.crashAndStart();
				}
				Object result = running.finish(running.run("everything", "run-1", "x"));
				List<String> journal = running.client()
					.operations("run-1")
					.stream()
					.map((view) -> view.position() + " " + view.kind() + " " + view.name() + " " + view.attempts())
					.toList();
				return new Outcome(running.client().handle("run-1").status(), String.valueOf(result), journal,
						Map.copyOf(this.bodies), this.crash.commits());
			}
		}

		private String everything(String argument) {
			List<String> seen = new ArrayList<>();
			Instant now = this.workflow.now();
			UUID uuid = this.workflow.randomUuid();
			seen.add(step("first", () -> "done"));
			this.workflow.state().set("uuid", uuid);
			seen.add(step("flaky", () -> {
				if (StepContext.current().attempt() < 3) {
					throw new IOException("down");
				}
				return "attempt " + StepContext.current().attempt();
			}));
			this.workflow.sleep(Duration.ofMinutes(10));
			seen.add(this.workflow.sideEffect("effect", String.class, () -> {
				count("effect");
				return "done";
			}));
			seen.add(once());
			seen.add(longRetry());
			assertThat(this.workflow.state().get("uuid", UUID.class)).contains(uuid);
			assertThat(this.workflow.now()).isAfter(now);
			return String.join(", ", seen);
		}

		private String once() {
			try {
				return this.engine.step(AT_MOST_ONCE, () -> {
					count("once");
					return "done";
				});
			}
			catch (StepOutcomeUnknownException ex) {
				return "unknown";
			}
		}

		private String longRetry() {
			RetryPolicy slow = RetryPolicy.defaults().withInitialDelay(Duration.ofSeconds(20));
			return this.engine.step(StepDefinition.of("slow", MethodSignature.of(String.class), slow), () -> {
				count("slow " + StepContext.current().attempt());
				if (StepContext.current().attempt() < 2) {
					throw new IOException("down");
				}
				return "attempt " + StepContext.current().attempt();
			});
		}

		private String step(String name, Callable<String> body) {
			return this.engine.step(name, String.class, () -> {
				count(name + " " + StepContext.current().attempt());
				return body.call();
			});
		}

		private void count(String body) {
			this.bodies.merge(body, 1, Integer::sum);
		}

	}

}
