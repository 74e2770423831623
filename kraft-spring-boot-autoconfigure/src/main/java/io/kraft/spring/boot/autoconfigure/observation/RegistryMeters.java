package io.kraft.spring.boot.autoconfigure.observation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;

/**
 * Meters in a registry. Those with tags are looked up by these once, and kept: there are
 * as many as the application has workflows and steps.
 */
final class RegistryMeters implements EngineMeters {

	private final MeterRegistry registry;

	private final Timer commit;

	private final DistributionSummary batch;

	private final DistributionSummary size;

	private final Timer lag;

	private final Map<String, Timer> waits = new ConcurrentHashMap<>();

	private final Map<StepKey, Counter> retries = new ConcurrentHashMap<>();

	RegistryMeters(MeterRegistry registry) {
		this.registry = registry;
		this.commit = Timer.builder("kraft.commit")
			.description("Time of a write to the journal, fsync included")
			.register(registry);
		this.batch = DistributionSummary.builder("kraft.commit.batch")
			.description("Commits that shared a write")
			.baseUnit("commits")
			.register(registry);
		this.size = DistributionSummary.builder("kraft.commit.size")
			.description("Size of a write, about; its total is what was journaled since the start")
			.baseUnit("bytes")
			.register(registry);
		this.lag = Timer.builder("kraft.timer.lag")
			.description("By how much a timer fired after it was due")
			.register(registry);
	}

	@Override
	public void begun(String workflow, Duration waited) {
		this.waits.computeIfAbsent(workflow, this::queueWait).record(waited);
	}

	private Timer queueWait(String workflow) {
		return Timer.builder("kraft.queue.wait")
			.description("From the start of a run, or the end of its delay, until it first executes")
			.tag("workflow", workflow)
			.register(this.registry);
	}

	@Override
	public void fired(Duration lag) {
		this.lag.record(lag);
	}

	@Override
	public void committed(int commits, int sizeBytes, long nanos) {
		this.commit.record(nanos, TimeUnit.NANOSECONDS);
		this.batch.record(commits);
		this.size.record(sizeBytes);
	}

	@Override
	public void retried(String workflow, String step) {
		this.retries.computeIfAbsent(new StepKey(workflow, step), this::retryCounter).increment();
	}

	private Counter retryCounter(StepKey key) {
		return Counter.builder("kraft.step.retries")
			.description("Attempts of steps that failed and were followed by another")
			.tag("workflow", key.workflow())
			.tag("step", key.step())
			.register(this.registry);
	}

	/**
	 * By the sample with which Micrometer's own handler times an observation. If a later
	 * version of that handler works differently, the timer counts the time since the run
	 * was loaded.
	 */
	@Override
	public void lasted(Observation.Context context, Duration time) {
		if (context.get(Timer.Sample.class) != null) {
			context.put(Timer.Sample.class, Timer.start(new ClockBegunBefore(time)));
		}
	}

	private record StepKey(String workflow, String step) {
	}

	/**
	 * Lets a sample begin in the past: the first look at it is as long ago.
	 */
	private static final class ClockBegunBefore implements Clock {

		private final Duration time;

		private boolean begun;

		ClockBegunBefore(Duration time) {
			this.time = time;
		}

		@Override
		public long wallTime() {
			return Clock.SYSTEM.wallTime();
		}

		@Override
		public long monotonicTime() {
			long now = Clock.SYSTEM.monotonicTime();
			if (this.begun) {
				return now;
			}
			this.begun = true;
			return now - this.time.toNanos();
		}

	}

}
