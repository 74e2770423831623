package io.kraft.spring.boot.autoconfigure.observation;

import java.util.Optional;
import java.util.function.ToDoubleFunction;

import io.kraft.engine.KraftEngine;
import io.kraft.engine.PartitionHealth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Gauges of each partition, where there are several: four for each of them. What
 * partitions share, and sums, have no tag {@code partition}.
 */
final class PartitionMeters implements MeterBinder {

	/** In a second. */
	private static final double MILLIS = 1000;

	private final KraftEngine engine;

	PartitionMeters(KraftEngine engine) {
		this.engine = engine;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		int partitions = this.engine.partitionCount();
		for (int number = 0; (partitions > 1) && number < partitions; number++) {
			gauge("kraft.partition.up", number, (health) -> health.cause().isEmpty() ? 1 : 0)
				.description("1 while the partition takes work, else 0")
				.register(registry);
			gauge("kraft.outbox.rows", number, PartitionHealth::waitingRows)
				.description("Rows that wait to be taken by other partitions")
				.register(registry);
			gauge("kraft.outbox.age", number, (health) -> health.oldestRowAge().toMillis() / MILLIS).baseUnit("seconds")
				.description("For how long the oldest row waits")
				.register(registry);
			gauge("kraft.outbox.stopped", number, PartitionHealth::stoppedChannels)
				.description("Channels to other partitions that stand still until an operator acts")
				.register(registry);
		}
	}

	private Gauge.Builder<KraftEngine> gauge(String name, int number, ToDoubleFunction<PartitionHealth> value) {
		return Gauge.builder(name, this.engine, (engine) -> {
			Optional<PartitionHealth> health = engine.partition(number);
			return health.isPresent() ? value.applyAsDouble(health.get()) : 0;
		}).tag("partition", Integer.toString(number));
	}

}
