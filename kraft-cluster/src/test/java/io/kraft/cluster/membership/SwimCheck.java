package io.kraft.cluster.membership;

/**
 * What is to catch faults that are planted in this package.
 */
@SuppressWarnings("JUnitMethodInvoked") // Cases that the scenarios seldom come to.
final class SwimCheck implements Runnable {

	@Override
	public void run() {
		new SwimTests().aStopOfTheProcessCountsForOneIntervalOnly();
		new SwimTests().aPingForAFormerMemberAtItsAddressIsNotAnswered();
		new SwimTests().theAnswerOfAnotherMemberIsNotPassedOn();
		for (long seed = 1; seed <= 20; seed++) {
			SwimScenarios.anything(seed, 2 + (int) (seed % 7));
			if (seed <= 3) {
				SwimScenarios.accuracy(seed, 12);
				SwimScenarios.completeness(seed, 10);
				SwimScenarios.split(seed, 7);
			}
		}
	}

}
