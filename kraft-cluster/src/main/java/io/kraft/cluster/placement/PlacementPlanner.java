package io.kraft.cluster.placement;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides the next steps: what is to be repaired first, then what is to be balanced.
 * <ol>
 * <li>a replica whose node is gone for good, was asked to leave, or has failed, is
 * replaced</li>
 * <li>a partition with too few replicas gets one, with too many loses one</li>
 * <li>the management group has 1, 3 or 5 voters</li>
 * <li>when all is well for a while, one replica moves to where the ring wants it</li>
 * <li>leaders are spread by transfers</li>
 * </ol>
 * At most two moves are under way, one for a partition, and one that brings a replica to
 * a node. No move leaves a partition without a majority of replicas that answer and have
 * all. It remembers nothing but the last ring. Thread-safe.
 */
public final class PlacementPlanner {

	private final PlacementSettings settings;

	private final DesiredPlacement rings = new DesiredPlacement();

	/**
	 * A planner with settings.
	 */
	public PlacementPlanner(PlacementSettings settings) {
		this.settings = settings;
	}

	/**
	 * What to do next, if the steps before were recorded in the view.
	 * @param now in milliseconds since 1970
	 */
	public List<PlacementStep> next(PlacementView view, long now) {
		List<PlacementStep> steps = new ArrayList<>();
		new ReplicaRules(view, this.settings, this.rings, now).addTo(steps);
		new VoterRules(view, this.settings, now).addTo(steps);
		if (steps.isEmpty()) {
			new LeaderRules(view, this.settings, now).addTo(steps);
		}
		return steps;
	}

}
