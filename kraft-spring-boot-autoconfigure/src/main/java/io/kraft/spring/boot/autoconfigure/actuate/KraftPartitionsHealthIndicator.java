package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.kraft.engine.PartitionHealth;
import io.kraft.engine.PartitionHealth.Outbox;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down while a partition has failed, or a channel between partitions stands still, so
 * that an operator looks. It is no part of the readiness: the other partitions take work,
 * and no other instance has those that do not.
 */
class KraftPartitionsHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<List<PartitionHealth>> partitions;

	KraftPartitionsHealthIndicator(Supplier<List<PartitionHealth>> partitions) {
		super("The health of the partitions could not be read");
		this.partitions = partitions;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		List<PartitionHealth> all = this.partitions.get();
		Map<String, String> failed = new LinkedHashMap<>();
		Map<String, String> stopped = new LinkedHashMap<>();
		for (PartitionHealth partition : all) {
			partition.cause()
				.ifPresent((cause) -> failed.put(Integer.toString(partition.number()), cause.getMessage()));
			for (Outbox outbox : partition.outbox()) {
				outbox.alarm()
					.ifPresent(
							(alarm) -> stopped.put(partition.number() + " to " + outbox.target(), alarm.getMessage()));
			}
		}
		builder.up().withDetail("partitions", all.size());
		if (!failed.isEmpty()) {
			builder.down().withDetail("failed", failed);
		}
		if (!stopped.isEmpty()) {
			builder.down().withDetail("stoppedChannels", stopped);
		}
	}

}
