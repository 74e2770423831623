package io.kraft.cluster.placement;

/**
 * What is to catch faults that are planted in this package.
 */
@SuppressWarnings("JUnitMethodInvoked") // A case that the seeds seldom come to.
final class PlacementCheck implements Runnable {

	@Override
	public void run() {
		new PlacementPlannerTests().aReplicaThatIsWellStaysWhileAnotherOneIsNot();
		PlacementScenarios.growth(1);
		PlacementScenarios.death(1);
		PlacementScenarios.failedReplica(1);
		PlacementScenarios.flapping(1);
		for (long seed = 1; seed <= 4; seed++) {
			PlacementScenarios.anything(seed, 20);
		}
	}

}
