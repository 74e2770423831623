package io.kraft.cluster.membership;

import java.util.ArrayList;
import java.util.List;

/**
 * A process of the simulation.
 */
final class SwimNode {

	final MemberId id;

	final String address;

	final Swim swim;

	final SwimNodeChecks checks;

	boolean isRunning = true;

	boolean hasLeft;

	long pausedUntil;

	/** When the process continues after its last pause. */
	long lastResumed;

	/** What arrives while it is stopped. */
	final List<byte[]> waiting = new ArrayList<>();

	long wakeAt = Long.MAX_VALUE;

	SwimNode(Swim swim, SwimNodeChecks checks) {
		this.id = swim.self().id();
		this.address = swim.self().address();
		this.swim = swim;
		this.checks = checks;
	}

	boolean isMember() {
		return this.isRunning && !this.hasLeft;
	}

	@Override
	public String toString() {
		return this.id + (this.isRunning ? "" : " (ended)");
	}

}
