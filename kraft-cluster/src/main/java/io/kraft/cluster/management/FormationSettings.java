package io.kraft.cluster.management;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * With what nodes a node forms a cluster.
 *
 * @param seeds addresses, in order; empty if nodes are found by other means
 * @param initialNodes how many fresh nodes form a cluster, at least 1: more than half of
 * all that are ever started fresh together
 */
public record FormationSettings(List<String> seeds, int initialNodes) {

	private static final int MAX_SEEDS = 100;

	/**
	 * Copies the seeds, and checks the bounds.
	 * @throws IllegalArgumentException if one is not kept
	 */
	public FormationSettings {
		seeds = seeds.stream().sorted().distinct().toList();
		if (initialNodes < 1 || seeds.size() > MAX_SEEDS) {
			throw new IllegalArgumentException("initial-nodes is at least 1 and there are at most " + MAX_SEEDS
					+ " seeds, but these are " + initialNodes + " and " + seeds.size());
		}
	}

	/**
	 * From what is configured.
	 * @param initialNodes null for the number of seeds
	 * @throws IllegalArgumentException if there is neither
	 */
	public static FormationSettings of(List<String> seeds, @Nullable Integer initialNodes) {
		if (initialNodes == null && seeds.isEmpty()) {
			throw new IllegalArgumentException("without kraft.cluster.seed-nodes, kraft.cluster.initial-nodes says how "
					+ "many nodes form the cluster: without it, each node could form one of its own");
		}
		int count = (initialNodes != null) ? initialNodes : (int) seeds.stream().distinct().count();
		return new FormationSettings(seeds, count);
	}

}
