package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.function.Supplier;

import io.kraft.engine.EngineHealth;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Up while the engine takes work, else down; with the cause, if the engine stopped by
 * itself.
 */
class KraftHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<EngineHealth> engine;

	KraftHealthIndicator(Supplier<EngineHealth> engine) {
		super("The health of the Kraft engine could not be read");
		this.engine = engine;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		EngineHealth health = this.engine.get();
		builder.status(statusOf(health.state()))
			.withDetail("state", health.state())
			.withDetail("epoch", health.epoch())
			.withDetail("executing", health.executingRuns())
			.withDetail("waiting", health.waitingRuns())
			.withDetail("queuedCommits", health.queuedCommits());
		health.cause().ifPresent(builder::withException);
	}

	private static Status statusOf(EngineHealth.State state) {
		return switch (state) {
			case RUNNING -> Status.UP;
			case NEW, STOPPING, STOPPED, FAILED -> Status.DOWN;
		};
	}

}
