package io.kraft.engine.run;

import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Random UUIDs (version 4) from the engine's own source of random.
 */
public final class RandomUuids {

	private RandomUuids() {
	}

	/**
	 * The next one.
	 */
	public static UUID next(RandomGenerator random) {
		long high = (random.nextLong() & ~0xF000L) | 0x4000L;
		long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
		return new UUID(high, low);
	}

}
