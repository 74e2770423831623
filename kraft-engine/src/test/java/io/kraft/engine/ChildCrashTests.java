package io.kraft.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.testing.CrashPoint;
import io.kraft.engine.testing.CrashPoint.Crash;
import io.kraft.engine.testing.FaultyStore;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A run that starts children, fails and is undone is crashed at each of its commits, once
 * just before the commit is applied and once just after.
 */
@Proves(fault = "The process dies at each commit of parents and children",
		promise = "The next start continues as if nothing had happened")
class ChildCrashTests {

	@TestFactory
	Stream<DynamicTest> childrenAreStartedAndStepsUndoneOnceWhereverTheRunsAreCrashed() {
		return Stream.of(0, 10_000).flatMap((parked) -> {
			Saga undisturbed = new Saga(CrashPoint.NONE, parked).play();
			assertThat(undisturbed.bodies.values()).containsOnly(1);
			// How many there are depends on what comes together in one.
			return CrashPoint.tests(undisturbed.crash.commits() + 3, parked,
					(point) -> new Saga(point, parked).play().check(undisturbed));
		});
	}

	/**
	 * One life of the runs, with at most one crash in it.
	 */
	static final class Saga {

		private final TestEngine engine = new TestEngine();

		private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

		private final Crash crash;

		private final Map<String, Integer> bodies = Collections.synchronizedMap(new LinkedHashMap<>());

		private final List<String> undone = Collections.synchronizedList(new ArrayList<>());

		private final ProxiedWorkflow shared;

		private final ProxiedWorkflow child;

		private String failure = "";

		private List<String> runs = List.of();

		private List<String> journal = List.of();

		Saga(CrashPoint point, int parked) {
			this.crash = point.in(this.engine);
			this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
			MethodSignature signature = MethodSignature.of(String.class, String.class);
			this.shared = ProxiedWorkflow.define(this.engine, "shared", signature, ResultStyle.PLAIN,
					(arguments) -> "shared", (arguments) -> step("shared", () -> "shared"));
			this.child = ProxiedWorkflow.define(this.engine, "child", signature, (arguments) -> {
				String name = String.valueOf(arguments[0]);
				step(name, () -> name);
				this.workflow.sleep(Duration.ofMinutes(2));
				if (name.equals("d")) {
					throw new IllegalStateException("d is broken");
				}
				return name + "!" + this.shared.<String>call("x");
			});
		}

		Saga play() {
			this.engine.workflow("saga", String.class, this::saga);
			try (TestEngine running = this.engine.start()) {
				try {
					playOnce(running);
				}
				catch (KraftException ex) {
					this.crash.check(ex);
					running.crashAndStart();
					playOnce(running);
				}
				this.runs = running.client()
					.list(WorkflowQuery.all().limit(50))
					.items()
					.stream()
					.map(Saga::describe)
					.sorted()
					.toList();
				this.journal = running.client()
					.operations("s")
					.stream()
					.map((view) -> view.position() + " " + view.kind() + " " + view.name() + " " + view.attempts())
					.sorted()
					.toList();
				await().until(
						() -> this.crash.all().stream().allMatch((store) -> store.runsWithMessages(0, 10).isEmpty()));
				return this;
			}
		}

		private static String describe(WorkflowDescription run) {
			// Which of its parents was first is left open.
			String parent = run.id().equals("shared") ? "a child" : String.valueOf(run.parentId());
			return run.id() + " " + run.name() + " " + run.status() + " of " + parent;
		}

		private void playOnce(TestEngine running) {
			WorkflowHandle<?> run = running.client().start("saga", StartOptions.defaults().id("s"), "x");
			try {
				running.finish(run);
			}
			catch (WorkflowFailedException ex) {
				List<String> suppressed = Stream.of(ex.getCause().getSuppressed()).map(Throwable::toString).toList();
				this.failure = ex.getCause() + " " + suppressed;
			}
			assertThat(run.status()).isEqualTo(WorkflowStatus.FAILED);
		}

		void check(Saga undisturbed) {
			assertThat(this.failure).isEqualTo(undisturbed.failure);
			assertThat(this.runs).isEqualTo(undisturbed.runs);
			assertThat(this.journal).isEqualTo(undisturbed.journal);
			assertThat(this.bodies.keySet()).containsExactlyInAnyOrderElementsOf(undisturbed.bodies.keySet());
			// Each branch or run may have been cut off in one body.
			assertThat(this.bodies.values()).allMatch((entered) -> entered <= 2);
			assertThat(this.undone.stream().distinct()).containsExactlyElementsOf(undisturbed.undone);
			assertThat(this.undone).hasSizeLessThanOrEqualTo(undisturbed.undone.size() + 1);
		}

		private String saga(String argument) throws Exception {
			book("car");
			this.workflow.onFailure("mail", () -> {
				step("mail", () -> {
					this.undone.add("mail");
					return "sent";
				});
				this.workflow.sleep(Duration.ofMinutes(1));
				throw new IllegalArgumentException("no address");
			});
			DurableFuture<String> a = this.workflow.startChild(() -> this.child.<String>call("a"));
			this.workflow.parallel(List.of(() -> book("hotel"), () -> this.child.<String>call("b")));
			DurableFuture<String> c = this.workflow.startChild(() -> this.child.<String>call("c"));
			assertThat(DurableFuture.allOf(a, c).await()).containsExactly("a!shared", "c!shared");
			book("flight");
			return this.child.<String>call("d");
		}

		private String book(String what) {
			StepDefinition cancel = StepDefinition.of("cancel", MethodSignature.of(void.class, String.class),
					RetryPolicy.defaults().withInitialDelay(Duration.ofSeconds(20)));
			StepDefinition book = StepDefinition
				.of("book", MethodSignature.of(String.class, String.class), RetryPolicy.defaults())
				.withCompensation(
						new Compensation(cancel, (arguments, result) -> new Object[] { result }, (arguments) -> {
							count("cancel " + what + StepContext.current().attempt());
							if (StepContext.current().attempt() < 2) {
								throw new IOException("down");
							}
							this.undone.add(String.valueOf(arguments[0]));
							return null;
						}));
			return this.engine.step(book, () -> {
				count("book " + what);
				return what;
			}, what);
		}

		private String step(String name, Callable<String> body) {
			return this.engine.step(name, String.class, () -> {
				count(StepContext.current().workflowId() + " " + name);
				return body.call();
			});
		}

		private void count(String body) {
			this.bodies.merge(body, 1, Integer::sum);
		}

	}

}
