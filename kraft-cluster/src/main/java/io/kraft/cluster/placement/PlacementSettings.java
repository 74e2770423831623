package io.kraft.cluster.placement;

import java.time.Duration;

/**
 * How patient the planner is.
 *
 * @param deadTimeout how long a dead member is in the list
 * @param replaceAfter how long after that its replicas are replaced
 * @param healthyFor how long all is well before replicas are moved for balance
 * @param transferInterval the least time between two transfers of leadership
 */
public record PlacementSettings(Duration deadTimeout, Duration replaceAfter, Duration healthyFor,
		Duration transferInterval) {

	/** What a cluster has unless it is set. */
	public static final PlacementSettings DEFAULTS = new PlacementSettings(Duration.ofSeconds(30),
			Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofSeconds(10));

	long replacedAfterMillis() {
		return this.deadTimeout.plus(this.replaceAfter).toMillis();
	}

}
