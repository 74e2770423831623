package io.kraft.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.CrashPoint;
import io.kraft.engine.testing.CrashPoint.Crash;
import io.kraft.engine.testing.FaultyStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run whose steps tell their progress is crashed at each of its commits, once just
 * before the commit is applied and once just after. Each body goes on from what was
 * durable: it neither skips what nobody has done, nor repeats what it has seen to be
 * durable.
 */
@Proves(fault = "The process dies at each commit of heartbeats",
		promise = "The next start continues as if nothing had happened")
class HeartbeatCrashTests {

	private static final int PAGES = 4;

	private static final String UNDO = "undo ";

	@TestFactory
	Stream<DynamicTest> aBodyGoesOnFromTheLastDurableProgressWhereverItIsCrashed() {
		return CrashPoint.parked().flatMap((parked) -> {
			Life undisturbed = new Life(CrashPoint.NONE, parked).live();
			undisturbed.check();
			return CrashPoint.tests(undisturbed.crash.commits() + 2, parked,
					(point) -> new Life(point, parked).live().check());
		});
	}

	/**
	 * One life of the run, with at most one crash in it.
	 */
	static final class Life {

		private final TestEngine engine = new TestEngine();

		private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

		private final Crash crash;

		/** How many pages each body has told, and how many it has seen to be durable. */
		private final Map<String, Integer> told = new ConcurrentHashMap<>();

		private final Map<String, Integer> durable = new ConcurrentHashMap<>();

		private final List<String> faults = Collections.synchronizedList(new ArrayList<>());

		private final Map<String, Integer> pages = new ConcurrentHashMap<>();

		private final Map<String, @Nullable Payload> left = Collections.synchronizedMap(new HashMap<>());

		private String failure = "";

		Life(CrashPoint point, int parked) {
			this.crash = point.in(this.engine);
			this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
		}

		Life live() {
			this.engine.workflow("imports", String.class, this::imports);
			try (TestEngine running = this.engine.start()) {
				try {
					finish(running);
				}
				catch (KraftException ex) {
					this.crash.check(ex);
					running.crashAndStart();
					finish(running);
				}
				assertThat(running.client().handle("run-1").status()).isEqualTo(WorkflowStatus.FAILED);
				Store store = this.crash.of("run-1");
				long number = store.run("run-1").orElseThrow().number();
				this.told.keySet().forEach((step) -> this.left.put(step, store.progress(number, step)));
				return this;
			}
		}

		private void finish(TestEngine running) {
			CompletableFuture<?> end = running.run("imports", "run-1", "x").resultAsync();
			long begun = System.nanoTime();
			while (!end.isDone()) {
				assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("%s", running.engine().health())
					.isLessThan(Duration.ofSeconds(20));
				running.moveToNextDue();
				Thread.onSpinWait();
			}
			if (end.isCompletedExceptionally() && end.exceptionNow() instanceof WorkflowFailedException failed) {
				this.failure = String.valueOf(failed.getCause());
			}
			else if (end.isCompletedExceptionally() && end.exceptionNow() instanceof KraftException stopped) {
				throw stopped;
			}
		}

		private String imports(String argument) {
			DurableFuture<String> branch = this.workflow
				.async(() -> this.engine.step(step("branch", "1.1\nbranch", Duration.ZERO), () -> body("1.1\nbranch")));
			this.engine.step(step("import", "2\nimport", Duration.ofHours(1)), () -> body("2\nimport"));
			throw new IllegalStateException("over, " + branch.await());
		}

		private StepDefinition step(String name, String key, Duration delay) {
			RetryPolicy retry = RetryPolicy.defaults().withInitialDelay(delay);
			StepDefinition step = StepDefinition.of(name, MethodSignature.of(String.class), retry);
			StepDefinition undo = StepDefinition.of("undo " + name, MethodSignature.of(String.class), retry);
			return step.withCompensation(
					new Compensation(undo, (arguments, result) -> new Object[0], (arguments) -> body(UNDO + key)));
		}

		/** Imports pages, and fails once in the middle. */
		private String body(String step) throws IOException {
			StepContext context = StepContext.current();
			FaultyStore store = this.crash.of("run-1");
			int done = context.lastHeartbeat(Integer.class).orElse(0);
			if (done < this.durable.getOrDefault(step, 0) || done > this.told.getOrDefault(step, 0)) {
				this.faults.add(step + " begins behind " + done + ": told " + this.told + ", durable " + this.durable);
			}
			for (int page = done + 1; page <= PAGES; page++) {
				this.pages.merge(step + " page " + page, 1, Integer::sum);
				this.told.merge(step, page, Math::max);
				context.heartbeat(page);
				if (!step.startsWith(UNDO) && isDurable(store, step, page)) {
					this.durable.merge(step, page, Math::max);
				}
				if (page == 2 && context.attempt() == 1 && !store.hasFailed()) {
					throw new IOException("down");
				}
			}
			return "imported";
		}

		private static boolean isDurable(FaultyStore store, String step, int page) {
			long number = store.run("run-1").orElseThrow().number();
			String expected = String.valueOf(page);
			while (!store.hasFailed()) {
				Payload progress = store.progress(number, step);
				if (progress != null && new String(progress.bytes(), StandardCharsets.UTF_8).contains(expected)) {
					return true;
				}
				Thread.onSpinWait();
			}
			return false;
		}

		void check() {
			assertThat(this.failure).contains("over, imported");
			assertThat(this.faults).isEmpty();
			assertThat(this.pages).as("each page of each body").hasSize(4 * PAGES);
			assertThat(this.pages.values()).allMatch((times) -> times <= 2);
			assertThat(this.left.values()).as("steps that have succeeded leave nothing").containsOnlyNulls();
		}

	}

}
