package io.kraft.cluster.membership;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What happens to messages between addresses: loss, delay, splits and cuts of one
 * direction.
 */
final class SwimNetwork {

	private final Random random;

	double loss;

	long longestDelay = 100;

	private final Map<String, Integer> sides = new HashMap<>();

	private final Set<String> cut = new HashSet<>();

	SwimNetwork(Random random) {
		this.random = random;
	}

	void split(String address, int side) {
		this.sides.put(address, side);
	}

	void cut(String from, String to) {
		this.cut.add(from + '>' + to);
	}

	/** Nothing of an address gets through, or all does again. */
	void isolate(String address, boolean isIsolated) {
		if (isIsolated) {
			this.sides.put(address, -1 - this.sides.size());
		}
		else {
			this.sides.remove(address);
		}
	}

	void heal() {
		this.sides.clear();
		this.cut.clear();
		this.loss = 0;
	}

	boolean passes(String from, String to) {
		return this.sides.getOrDefault(from, 0).equals(this.sides.getOrDefault(to, 0))
				&& !this.cut.contains(from + '>' + to) && this.random.nextDouble() >= this.loss;
	}

	long delay() {
		return 1 + this.random.nextLong(this.longestDelay);
	}

}
