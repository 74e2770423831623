package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.kraft.engine.EngineHealth;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Up while the engine accepts work and the disk has free space, else down; with the
 * cause, if the engine stopped by itself.
 */
class KraftHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<EngineHealth> engine;

	private final Supplier<Map<Integer, KraftException>> failedPartitions;

	private final @Nullable FreeSpace freeSpace;

	/**
	 * An indicator of an engine.
	 * @param failedPartitions while others take work
	 * @param freeSpace null if it is not checked
	 */
	KraftHealthIndicator(Supplier<EngineHealth> engine, Supplier<Map<Integer, KraftException>> failedPartitions,
			@Nullable FreeSpace freeSpace) {
		super("The health of the Kraft engine could not be read");
		this.engine = engine;
		this.failedPartitions = failedPartitions;
		this.freeSpace = freeSpace;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		EngineHealth health = this.engine.get();
		builder.status(statusOf(health.state()))
			.withDetail("state", health.state())
			.withDetail("epoch", health.epoch())
			.withDetail("executing", health.executingRuns())
			.withDetail("waiting", health.waitingRuns())
			.withDetail("queuedCommits", health.queuedCommits())
			.withDetail("commitLag", health.commitLag());
		Map<Integer, KraftException> failed = this.failedPartitions.get();
		if (!failed.isEmpty()) {
			builder.withDetail("failedPartitions", List.copyOf(failed.keySet()));
		}
		if (this.freeSpace != null) {
			check(this.freeSpace, builder);
		}
		health.cause().ifPresent((cause) -> {
			builder.withException(cause);
			if (cause.getCause() != null) {
				// Of a thread of the engine that died, what ended it.
				builder.withDetail("cause", cause.getCause().getClass().getName());
			}
		});
	}

	private static void check(FreeSpace space, Health.Builder builder) {
		space.bytes().ifPresent((free) -> {
			builder.withDetail("freeSpace", free).withDetail("minFreeSpace", space.minimum().toBytes());
			if (free < space.minimum().toBytes()) {
				builder.down();
			}
		});
	}

	private static Status statusOf(EngineHealth.State state) {
		return switch (state) {
			case RUNNING -> Status.UP;
			case NEW, STOPPING, STOPPED, FAILED -> Status.DOWN;
		};
	}

}
