package io.kraft.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.testing.CrashPoint;
import io.kraft.engine.testing.CrashPoint.Crash;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run that is delayed, paused, resumed, continues as new, fails and is retried is
 * crashed at each commit, once just before the commit is applied and once just after.
 */
@Proves(fault = "The process dies at each commit of what operators do",
		promise = "The next start continues as if nothing had happened")
class OperatorCrashTests {

	@TestFactory
	Stream<DynamicTest> aRunInTheHandsOfAnOperatorEndsTheSameWhereverItIsCrashed() {
		return Stream.of(0, 10_000).flatMap((parked) -> {
			Life undisturbed = new Life(CrashPoint.NONE, parked).live();
			undisturbed.check();
			return CrashPoint.tests(undisturbed.crash.commits(), parked,
					(point) -> new Life(point, parked).live().check());
		});
	}

	/**
	 * One life of the run, with at most one crash in it.
	 */
	static final class Life {

		private static final StepDefinition FRAGILE = StepDefinition.of("fragile", MethodSignature.of(String.class),
				RetryPolicy.none());

		private final TestEngine engine = new TestEngine();

		private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

		private final Map<String, Integer> bodies = new ConcurrentHashMap<>();

		private final Crash crash;

		private final AtomicBoolean broken = new AtomicBoolean(true);

		private boolean wasPaused;

		private String result = "";

		Life(CrashPoint point, int parked) {
			this.crash = point.in(this.engine);
			this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
		}

		Life live() {
			this.engine.workflow(
					WorkflowDefinition
						.of("order", MethodSignature.of(String.class, String.class),
								(arguments) -> order(String.valueOf(arguments[0])))
						.withMaxConcurrent(1));
			try (TestEngine running = this.engine.start()) {
				try {
					operate(running);
				}
				catch (KraftException ex) {
					this.crash.check(ex);
					running.crashAndStart();
					operate(running);
				}
				return this;
			}
		}

		private void operate(TestEngine running) {
			WorkflowHandle<?> run = running.client()
				.start("order", StartOptions.defaults().id("run-1").delay(Duration.ofHours(1)), "first");
			while (run.status() != WorkflowStatus.COMPLETED) {
				running.failure().ifPresent((cause) -> {
					throw new EngineStoppedException("the store has failed: " + cause);
				});
				switch (run.status()) {
					case SUSPENDED -> {
						if (this.wasPaused) {
							running.moveToNextDue();
						}
						else {
							running.client().pause("run-1");
						}
					}
					case PAUSED -> {
						this.wasPaused = true;
						running.client().resume("run-1");
					}
					case FAILED -> {
						this.broken.set(false);
						running.client().retry("run-1");
					}
					default -> running.moveToNextDue();
				}
			}
			this.result = String.valueOf(run.result());
		}

		private String order(String argument) {
			String seen = this.workflow.state().get("seen", String.class).orElse("") + argument;
			this.workflow.state().set("seen", seen);
			step("charge " + argument);
			if (this.workflow.patched("check")) {
				step("check " + argument);
			}
			this.workflow.sleep(Duration.ofHours(1));
			if (argument.equals("first")) {
				return this.workflow.continueAsNew("second");
			}
			return seen + ", " + this.engine.step(FRAGILE, () -> {
				if (this.broken.get()) {
					throw new IllegalStateException("broken");
				}
				return "mended";
			});
		}

		private void step(String name) {
			this.engine.step(name, String.class, () -> {
				this.bodies.merge(name, 1, Integer::sum);
				return name;
			});
		}

		void check() {
			assertThat(this.result).isEqualTo("firstsecond, mended");
			assertThat(this.bodies).containsOnlyKeys("charge first", "check first", "charge second", "check second");
			assertThat(this.bodies.values()).allMatch((entered) -> entered <= 2);
		}

	}

}
