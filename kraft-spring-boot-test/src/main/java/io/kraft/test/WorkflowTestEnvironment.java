package io.kraft.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;

import io.kraft.client.WorkflowClient;
import io.kraft.test.bench.Bench;
import io.kraft.test.call.StubBody;
import io.kraft.test.scenario.CrashReport;
import io.kraft.test.scenario.Scenario;
import io.kraft.workflow.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * What a test controls of the engine: move its clock, let it crash, replace steps. To be
 * injected in a {@link KraftTest}, or asked of a {@link KraftEngineExtension}.
 * <p>
 * Each test begins with an empty journal, a clock that shows
 * {@link io.kraft.engine.timer.ManualScheduler#START} and stands still, and no step
 * replaced. Runs that a test leaves behind are cut off at its end. A crash ends the
 * engine alone: beans stay as they are, with their fields. Thread-safe, but for one test
 * at a time.
 */
public final class WorkflowTestEnvironment {

	private final Bench bench;

	/**
	 * An environment of an engine on its bench.
	 */
	public WorkflowTestEnvironment(Bench bench) {
		this.bench = bench;
	}

	/**
	 * The client of the engine. Waiting for a result lets time pass.
	 */
	public WorkflowClient client() {
		return this.bench.client();
	}

	/**
	 * The clock that the engine goes by.
	 */
	public InstantSource clock() {
		return this.bench.clock();
	}

	/**
	 * What the clock shows.
	 */
	public Instant now() {
		return this.bench.clock().instant();
	}

	/**
	 * Moves the clock forwards, from one due time to the next: timers, retries,
	 * time-outs, schedules. At each the engine becomes quiescent first, running steps
	 * included.
	 * @param duration zero or more
	 * @throws io.kraft.test.time.StillRunningError if it does not become quiescent within
	 * the limit
	 */
	public void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("the clock moves forwards only, but was to be advanced by " + duration);
		}
		advanceTo(now().plus(duration));
	}

	/**
	 * As {@link #advance}, to a time.
	 * @param time not before what the clock shows
	 */
	public void advanceTo(Instant time) {
		if (time.isBefore(now())) {
			throw new IllegalArgumentException("the clock shows " + now() + " and cannot go back to " + time);
		}
		this.bench.time().to(time);
	}

	/**
	 * Lets everything happen that can without the clock being moved: afterwards the
	 * engine is quiescent.
	 * @throws io.kraft.test.time.StillRunningError if it takes longer than the limit
	 */
	public void settle() {
		this.bench.time().awaitQuiescence();
	}

	/**
	 * How much real time the engine may take to become quiescent, each time: 10 seconds
	 * by default.
	 * @param limit more than 0
	 */
	public WorkflowTestEnvironment limit(Duration limit) {
		this.bench.time().limit(limit);
		return this;
	}

	/**
	 * Ends the engine as the death of its process would: what is not durable is lost, and
	 * steps are interrupted.
	 */
	public void crash() {
		this.bench.crash();
	}

	/**
	 * Starts the engine again over what is durable. Has no effect while it runs.
	 */
	public void restart() {
		this.bench.restart();
	}

	/**
	 * Replaces the body of a step until the end of the test.
	 * @param step its name, or that of its method if no other step has it
	 * @throws IllegalArgumentException if there is no such step; the message names those
	 * there are
	 */
	public void stub(String step, StubBody body) {
		stub(step).does(body);
	}

	/**
	 * Replaces the body of a step until the end of the test, by the behavior that is
	 * called next.
	 */
	public Stubbing stub(String step) {
		return new Stubbing(this.bench.stubs(), this.bench.quiescence(), step);
	}

	/**
	 * Executes an action before each iteration of a scenario, which resets the test's
	 * fakes.
	 */
	public WorkflowTestEnvironment beforeEach(Runnable reset) {
		this.bench.beforeScenario(reset);
		return this;
	}

	/**
	 * Executes a scenario again and again, each time with one crash: just before each of
	 * its commits, and just after. The engine is restarted automatically, and calls that
	 * the crash has cut off are made again, so that the scenario does not notice. The
	 * status and the result of each run, and what the scenario returns, must be what they
	 * are without a crash; no step with at-most-once delivery is entered twice.
	 * <p>
	 * Begins and ends with an empty journal; steps stay replaced.
	 * @param scenario starts runs, moves the clock, sends signals; calls of workflows in
	 * it wait for their results
	 * @return how often the bodies of steps were entered again, among others
	 * @throws AssertionError that explains the first difference
	 * @throws Exception that the scenario throws without any crash
	 */
	public CrashReport crashAtEveryCommit(Callable<? extends @Nullable Object> scenario) throws Exception {
		return new Scenario(this.bench, scenario).crashAtEveryCommit();
	}

	/**
	 * As {@link #crashAtEveryCommit(Callable)}, of a scenario that returns nothing.
	 */
	public CrashReport crashAtEveryCommit(ThrowingRunnable scenario) throws Exception {
		return crashAtEveryCommit(() -> {
			scenario.run();
			return null;
		});
	}

}
