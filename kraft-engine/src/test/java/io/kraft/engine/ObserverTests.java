package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.observation.AttemptObservation;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.observation.ObservedRun;
import io.kraft.engine.observation.RunObservation;
import io.kraft.engine.observation.RunOutcome;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the engine tells its observer, and what it keeps of the trace in which a run was
 * started.
 */
@Timeout(60)
class ObserverTests {

	private final Notes notes = new Notes();

	private final TestEngine engine = new TestEngine().with((builder) -> builder.observer(this.notes));

	@AfterEach
	void stop() {
		this.engine.close();
	}

	@Test
	void aRunAndEachAttemptOfItsStepsAreObserved() {
		StepDefinition flaky = StepDefinition.of("charge", MethodSignature.of(String.class),
				RetryPolicy.defaults().withInitialDelay(Duration.ofMillis(10)));
		List<Integer> attempts = new ArrayList<>();
		this.engine.workflow("order", String.class, (id) -> this.engine.step(flaky, () -> {
			attempts.add(1);
			if (attempts.size() < 3) {
				throw new IllegalStateException("busy");
			}
			return id;
		})).start();

		this.engine.finish(this.engine.run("order", "order-1", "x"));

		assertThat(this.notes.lines).containsExactly("begun order PT0S", "run order-1 order 1 PT0S {}", "enter",
				"charge#1", "charge#1 RETRIED busy", "charge#2", "charge#2 RETRIED busy", "charge#3",
				"charge#3 COMPLETED null", "leave", "end COMPLETED null");
		assertThat(this.notes.commits).isPositive();
	}

	@Test
	void aStepThatIsAnsweredFromTheJournalIsNotObservedAgain() {
		this.engine.workflow("order", String.class, (id) -> {
			this.engine.step("charge", String.class, () -> id);
			WorkflowContext.current().sleep(Duration.ofHours(1));
			return this.engine.step("ship", String.class, () -> id);
		}).with((builder) -> builder.maxParkedWorkflows(0)).start();

		this.engine.finish(this.engine.run("order", "order-1", "x"));

		assertThat(this.notes.lines).filteredOn((line) -> line.startsWith("charge")).hasSize(2);
		assertThat(this.notes.lines).containsSubsequence("end SUSPENDED null", "enter", "ship#1", "end COMPLETED null");
		assertThat(this.notes.lines).filteredOn((line) -> line.startsWith("run"))
			.satisfiesExactly((first) -> assertThat(first).isEqualTo("run order-1 order 1 PT0S {}"),
					(again) -> assertThat(again).startsWith("run order-1 order 1 PT1H"));
		assertThat(this.notes.lags).isNotEmpty().allMatch((lag) -> !lag.isNegative());
	}

	@Test
	void theTraceOfTheStartIsThereAfterARestart() {
		this.notes.trace = Map.of("traceparent", "00-abc-def-01");
		this.engine.workflow("order", String.class, (id) -> {
			WorkflowContext.current().sleep(Duration.ofDays(3));
			return id;
		}).start();
		this.engine.run("order", "order-1", "x");
		this.notes.trace = Map.of();

		this.engine.crashAndStart();
		this.engine.finish(this.engine.client().handle("order-1"));

		assertThat(this.notes.lines).filteredOn((line) -> line.startsWith("run"))
			.isNotEmpty()
			.allMatch((line) -> line.endsWith("{traceparent=00-abc-def-01}"));
	}

	@Test
	void theTraceOutlivesAFreshJournal() {
		this.notes.trace = Map.of("traceparent", "00-abc-def-01");
		this.engine
			.workflow("order", String.class,
					(id) -> id.equals("x") ? WorkflowContext.current().<String>continueAsNew("y") : id)
			.start();

		this.engine.finish(this.engine.run("order", "order-1", "x"));

		assertThat(this.notes.lines).contains("end CONTINUED null")
			.filteredOn((line) -> line.startsWith("run"))
			.hasSize(2)
			.allMatch((line) -> line.endsWith("{traceparent=00-abc-def-01}"));
	}

	@Test
	void threadsOfBranchesAreEntered() {
		this.engine.workflow("order", String.class, (id) -> {
			WorkflowContext.current().parallel(List.of(() -> id, () -> id));
			return id;
		}).start();

		this.engine.finish(this.engine.run("order", "order-1", "x"));

		assertThat(this.notes.lines).filteredOn("enter"::equals).hasSize(3);
		assertThat(this.notes.lines).filteredOn("leave"::equals).hasSize(3);
	}

	@Test
	void aRunThatFailsTellsWhy() {
		this.engine.workflow("order", String.class, (id) -> {
			throw new IllegalStateException("no");
		}).start();

		assertThatThrownBy(() -> this.engine.finish(this.engine.run("order", "order-1", "x")))
			.isInstanceOf(WorkflowFailedException.class);

		assertThat(this.notes.lines).contains("end FAILED java.lang.IllegalStateException: no");
	}

	@Test
	void anObserverThatThrowsHarmsNoRun() {
		CountDownLatch thrown = new CountDownLatch(3);
		this.engine.with((builder) -> builder.observer(new Faulty(thrown)))
			.workflow("order", String.class, (id) -> this.engine.step("charge", String.class, () -> id))
			.start();

		assertThat(this.engine.finish(this.engine.run("order", "order-1", "x"))).isEqualTo("x");
		assertThat(thrown.getCount()).isZero();
	}

	@Test
	void logLinesOfARunCarryItsIdItsNameAndTheStep() {
		List<Map<String, String>> seen = Collections.synchronizedList(new ArrayList<>());
		this.engine.workflow("order", String.class, (id) -> {
			seen.add(MDC.getCopyOfContextMap());
			this.engine.step("charge", String.class, () -> {
				seen.add(MDC.getCopyOfContextMap());
				return id;
			});
			seen.add(MDC.getCopyOfContextMap());
			return id;
		}).start();

		this.engine.finish(this.engine.run("order", "order-1", "x"));

		Map<String, String> ofRun = Map.of("kraft.run.id", "order-1", "kraft.workflow", "order");
		assertThat(seen).hasSize(3).allSatisfy((context) -> assertThat(context).containsAllEntriesOf(ofRun));
		assertThat(seen.get(0)).doesNotContainKey("kraft.step");
		assertThat(seen.get(1)).containsEntry("kraft.step", "charge");
		assertThat(seen.get(2)).doesNotContainKey("kraft.step");
	}

	/** Notes what it is told. */
	private static final class Notes implements EngineObserver {

		private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

		private final List<Duration> lags = Collections.synchronizedList(new ArrayList<>());

		private volatile Map<String, String> trace = Map.of();

		private volatile int commits;

		@Override
		public Map<String, String> traceContext() {
			return this.trace;
		}

		@Override
		public RunObservation observe(ObservedRun run) {
			this.lines.add("run " + run.id() + " " + run.workflow() + " " + run.version() + " " + run.before() + " "
					+ run.trace());
			return new RunNotes(this.lines);
		}

		@Override
		public void begun(String workflow, Duration waited) {
			this.lines.add("begun " + workflow + " " + waited);
		}

		@Override
		public void fired(Duration lag) {
			this.lags.add(lag);
		}

		@Override
		public void committed(int commits, int sizeBytes, long nanos) {
			this.commits = commits;
		}

	}

	private record RunNotes(List<String> lines) implements RunObservation {

		@Override
		public Scope enter() {
			this.lines.add("enter");
			return () -> this.lines.add("leave");
		}

		@Override
		public AttemptObservation attempt(String step, int attempt) {
			String name = step + "#" + attempt;
			this.lines.add(name);
			return (outcome, failure) -> this.lines
				.add(name + " " + outcome + " " + ((failure != null) ? failure.getMessage() : null));
		}

		@Override
		public void end(RunOutcome outcome, @Nullable String failure) {
			this.lines.add("end " + outcome + " " + failure);
		}

	}

	/** Throws whatever it is asked. */
	private record Faulty(CountDownLatch thrown) implements EngineObserver {

		private IllegalStateException fault() {
			this.thrown.countDown();
			return new IllegalStateException("a bad observer");
		}

		@Override
		public Map<String, String> traceContext() {
			throw fault();
		}

		@Override
		public RunObservation observe(ObservedRun run) {
			throw fault();
		}

		@Override
		public void begun(String workflow, Duration waited) {
			throw fault();
		}

		@Override
		public void fired(Duration lag) {
			throw fault();
		}

		@Override
		public void committed(int commits, int sizeBytes, long nanos) {
			throw fault();
		}

	}

}
