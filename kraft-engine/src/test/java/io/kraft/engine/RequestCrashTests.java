package io.kraft.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.kraft.client.IfExists;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Deadline;
import io.kraft.engine.routing.Routing;
import io.kraft.engine.routing.RunControlAction;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.testing.CrashPoint;
import io.kraft.engine.testing.CrashPoint.Crash;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A caller on another node makes requests of each kind, each until it has an answer, and
 * once more. The node is crashed at each commit, once just before the commit is applied
 * and once just after.
 */
@Proves(fault = "The process dies at each commit of requests of another node, whose caller repeats them",
		promise = "Each request has its effect once")
class RequestCrashTests {

	@TestFactory
	Stream<DynamicTest> eachRequestHasItsEffectOnceWhereverTheNodeIsCrashed() {
		Life undisturbed = new Life(CrashPoint.NONE).live();
		undisturbed.check();
		return CrashPoint.tests(undisturbed.crash.commits(), 10_000, (point) -> new Life(point).live().check());
	}

	/**
	 * One life of the runs, with at most one crash in it.
	 */
	static final class Life {

		private static final StepDefinition FRAGILE = StepDefinition.of("fragile", MethodSignature.of(String.class),
				RetryPolicy.none());

		private final TestEngine engine = new TestEngine();

		private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

		private final AtomicBoolean broken = new AtomicBoolean(true);

		private final Crash crash;

		private final Map<String, String> answers = new LinkedHashMap<>();

		private final List<String> found = new ArrayList<>();

		private @Nullable Routing routing;

		Life(CrashPoint point) {
			this.crash = point.in(this.engine);
		}

		Life live() {
			this.engine
				.workflow("wait", String.class,
						(argument) -> argument + this.workflow.awaitSignal("go", String.class)
								+ this.workflow.awaitSignal("go", String.class))
				.workflow("fragile", String.class, (argument) -> this.engine.step(FRAGILE, () -> {
					if (this.broken.get()) {
						throw new IllegalStateException("broken");
					}
					return "mended";
				}))
				.workflow(WorkflowDefinition.of("hourly", MethodSignature.of(String.class), (arguments) -> "done"))
				.schedule(ScheduleDefinition.every("hourly", Duration.ofHours(1)))
				.with((builder) -> builder.routing((routing) -> {
					this.routing = routing;
					return routing;
				}));
			try (TestEngine running = this.engine.start()) {
				List<Runnable> all = requests();
				for (Runnable request : all) {
					request.run();
					// Its answer was lost.
					request.run();
				}
				await(() -> client("w").status() == WorkflowStatus.COMPLETED);
				await(() -> client("f").status() == WorkflowStatus.COMPLETED);
				await(() -> client("t").status() == WorkflowStatus.SUSPENDED);
				await(() -> client("hourly@manual-trigger").status() == WorkflowStatus.COMPLETED);
				List<String> before = look();
				all.forEach(Runnable::run);
				running.awaitQuiet();
				this.found.addAll(look());
				assertThat(this.found).as("after all requests came again").isEqualTo(before);
				return this;
			}
		}

		private WorkflowHandle<?> client(String id) {
			return this.engine.client().handle(id);
		}

		private List<Runnable> requests() {
			return List.of(start("wait", "w"), signal("s1", "w", "1"), control("w", RunControlAction.PAUSE), resume(),
					start("wait", "t"), control("t", RunControlAction.TERMINATE), control("t", RunControlAction.DELETE),
					start("wait", "t", "again"), start("wait", "c"), control("c", RunControlAction.CANCEL),
					start("fragile", "f"), retry(), signal("s2", "w", "2"),
					request("trigger", (call) -> routing().ofSchedule("hourly").triggerSchedule(call, "hourly")),
					request("pause", (call) -> {
						routing().ofSchedule("hourly").pauseSchedule(call, "hourly");
						return "";
					}));
		}

		private Runnable start(String workflow, String id) {
			return start(workflow, id, "");
		}

		private Runnable start(String workflow, String id, String name) {
			return request("start " + id + name,
					(call) -> routing().at(id)
						.start(call,
								new StartCommand(workflow, 1, null, null, json("[\"a\"]"), id, false, null,
										Duration.ZERO, 0, Map.of(), IfExists.FAIL, Map.of(), null))
						.id());
		}

		private Runnable signal(String name, String id, String text) {
			return request(name, (call) -> {
				routing().at(id).signal(call, id, "go", new Outcome.Success(json("\"" + text + "\"")), null);
				return "";
			});
		}

		private Runnable control(String id, RunControlAction action) {
			return request(action + " " + id, (call) -> {
				routing().at(id).control(call, id, action);
				return "";
			});
		}

		private Runnable resume() {
			Runnable resume = control("w", RunControlAction.RESUME);
			return () -> {
				if (!this.answers.containsKey("RESUME w")) {
					await(() -> client("w").status() == WorkflowStatus.PAUSED);
				}
				resume.run();
			};
		}

		private Runnable retry() {
			Runnable retry = control("f", RunControlAction.RETRY);
			return () -> {
				if (this.broken.get()) {
					await(() -> client("f").status() == WorkflowStatus.FAILED);
					this.broken.set(false);
				}
				retry.run();
			};
		}

		private static Payload json(String text) {
			return Payload.json(text.getBytes(StandardCharsets.UTF_8));
		}

		private Routing routing() {
			return Objects.requireNonNull(this.routing);
		}

		/** Until it has an answer, which is that of the first attempt each time. */
		private Runnable request(String id, Function<Call, String> request) {
			return () -> {
				String answer = untilAnswered(() -> request.apply(Call.transported(id, 1, Deadline.NEVER)));
				assertThat(answer).isEqualTo(this.answers.computeIfAbsent(id, (first) -> answer));
			};
		}

		private String untilAnswered(Supplier<String> attempt) {
			try {
				return attempt.get();
			}
			catch (KraftException ex) {
				this.crash.check(ex);
				this.engine.crashAndStart();
				return attempt.get();
			}
		}

		private void await(Callable<Boolean> condition) {
			Awaitility.await().pollDelay(Duration.ZERO).untilAsserted(() -> {
				if (this.crash.isUnmended()) {
					this.engine.crashAndStart();
				}
				assertThat(condition.call()).as(() -> "of " + look()).isTrue();
			});
		}

		private List<String> look() {
			return this.engine.client().list(WorkflowQuery.all()).items().stream().map(Life::text).sorted().toList();
		}

		private static String text(WorkflowDescription run) {
			return run.id() + " " + (run.id().equals("c") ? "" : run.status());
		}

		void check() {
			assertThat(this.found).containsExactly("c ", "f COMPLETED", this.answers.get("trigger") + " COMPLETED",
					"t SUSPENDED", "w COMPLETED");
		}

	}

}
