package io.kraft.spring.boot.autoconfigure.observation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.KraftEngine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Gauges of the engine. They read counters, or small structures: they cost the same with
 * a million runs.
 */
final class EngineMeterBinder implements MeterBinder {

	private static final List<WorkflowStatus> OPEN = List.of(WorkflowStatus.SCHEDULED, WorkflowStatus.PENDING,
			WorkflowStatus.RUNNING, WorkflowStatus.SUSPENDED, WorkflowStatus.PAUSED, WorkflowStatus.DEAD);

	private final KraftEngine engine;

	private final Duration stuckAfter;

	/**
	 * A binder for an engine.
	 * @param stuckAfter in one step for longer than this, a run counts as stuck
	 */
	EngineMeterBinder(KraftEngine engine, Duration stuckAfter) {
		this.engine = engine;
		this.stuckAfter = stuckAfter;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (WorkflowStatus status : OPEN) {
			gauge("kraft.workflows", (engine) -> count(engine, status)).tag("status", lowerCase(status))
				.description("Runs that have not ended well, by their status")
				.register(registry);
		}
		gauge("kraft.workflows.loaded", (engine) -> engine.health().executingRuns()).tag("state", "executing")
			.description("Runs in memory")
			.register(registry);
		gauge("kraft.workflows.loaded", (engine) -> engine.health().waitingRuns()).tag("state", "waiting")
			.description("Runs in memory")
			.register(registry);
		bindStuck(registry);
		gauge("kraft.recovery.remaining", (engine) -> engine.recovery().remaining())
			.description("Runs that the last stop interrupted and that are still to be loaded")
			.register(registry);
		bindCommits(registry);
		new PartitionMeters(this.engine).bindTo(registry);
		FunctionCounter.builder("kraft.events.lost", this.engine, KraftEngine::lostEvents)
			.description("Workflow events that were left out, because listeners were too slow")
			.register(registry);
	}

	private void bindStuck(MeterRegistry registry) {
		stuck("paused", (engine) -> count(engine, WorkflowStatus.PAUSED)).register(registry);
		stuck("dead", (engine) -> count(engine, WorkflowStatus.DEAD)).register(registry);
		stuck("step", (engine) -> engine.runsInStepFor(this.stuckAfter)).register(registry);
	}

	private Gauge.Builder<KraftEngine> stuck(String reason, ToDoubleFunction<KraftEngine> value) {
		return gauge("kraft.workflows.stuck", value).tag("reason", reason)
			.description("Runs that may need an operator: paused, dead, or in one step for too long");
	}

	private void bindCommits(MeterRegistry registry) {
		gauge("kraft.commit.queue", (engine) -> engine.health().queuedCommits())
			.description("Commits that wait to be written")
			.register(registry);
		TimeGauge
			.builder("kraft.commit.lag", this.engine, TimeUnit.NANOSECONDS,
					(engine) -> engine.health().commitLag().toNanos())
			.description("For how long the disk has been writing what it writes now")
			.register(registry);
	}

	private Gauge.Builder<KraftEngine> gauge(String name, ToDoubleFunction<KraftEngine> value) {
		return Gauge.builder(name, this.engine, value);
	}

	private static double count(KraftEngine engine, WorkflowStatus status) {
		return engine.counts().values().stream().mapToLong((counts) -> counts.of(status)).sum();
	}

	private static String lowerCase(WorkflowStatus status) {
		return status.name().toLowerCase(Locale.ROOT);
	}

}
