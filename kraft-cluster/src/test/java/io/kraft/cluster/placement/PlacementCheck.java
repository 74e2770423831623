package io.kraft.cluster.placement;

/**
 * What is to catch faults that are planted in this package.
 */
@SuppressWarnings("JUnitMethodInvoked") // The ring is a part of it.
final class PlacementCheck implements Runnable {

	@Override
	public void run() {
		new HashRingTests().noNodeHasMoreThanItsShareAndEachPartitionHasItsReplicas();
		PlacementScenarios.growth(1);
		for (long seed = 1; seed <= 2; seed++) {
			PlacementScenarios.death(seed);
			PlacementScenarios.failedReplica(seed);
			PlacementScenarios.flapping(seed);
		}
		for (long seed = 1; seed <= 6; seed++) {
			PlacementScenarios.anything(seed, 25);
		}
	}

}
