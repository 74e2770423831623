package io.kraft.cluster.membership;

import java.time.Duration;

/**
 * How fast members notice each other. Times count while the process runs: what passes
 * between two calls of {@link Swim} counts for no more than one gossip interval.
 *
 * @param gossipInterval one member is asked in each; at least 30 ms
 * @param suspectTimeout how long a member that does not answer may deny that
 * @param deadTimeout how long one that is dead or has left stays in the list
 * @param syncInterval how often whole lists are compared
 */
public record SwimSettings(Duration gossipInterval, Duration suspectTimeout, Duration deadTimeout,
		Duration syncInterval) {

	private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(30);

	/** What a cluster has unless it is set. */
	public static final SwimSettings DEFAULTS = new SwimSettings(Duration.ofSeconds(1), Duration.ofSeconds(5),
			Duration.ofSeconds(30), Duration.ofSeconds(30));

	/**
	 * Checks the bounds.
	 * @throws IllegalArgumentException if one is not kept
	 */
	public SwimSettings {
		if (gossipInterval.compareTo(SHORTEST_INTERVAL) < 0) {
			throw new IllegalArgumentException(
					"gossip-interval is at least " + SHORTEST_INTERVAL + ", but it is " + gossipInterval);
		}
		if (suspectTimeout.compareTo(gossipInterval) < 0 || deadTimeout.compareTo(gossipInterval) < 0
				|| syncInterval.compareTo(gossipInterval) < 0) {
			throw new IllegalArgumentException("suspect-timeout " + suspectTimeout + ", dead-timeout " + deadTimeout
					+ " and the interval of syncs " + syncInterval + " are at least gossip-interval, which is "
					+ gossipInterval);
		}
	}

}
