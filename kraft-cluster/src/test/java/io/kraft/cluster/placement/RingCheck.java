package io.kraft.cluster.placement;

/**
 * What is to catch faults that are planted in the ring.
 */
@SuppressWarnings("JUnitMethodInvoked") // The simulation takes the ring as it is.
final class RingCheck implements Runnable {

	@Override
	public void run() {
		new HashRingTests().noNodeHasMoreThanItsShareAndEachPartitionHasItsReplicas();
	}

}
