package io.kraft.engine.simulation;

import java.util.List;
import java.util.SplittableRandom;

/**
 * All that a seed decides.
 *
 * @param maxParked waiting runs that stay in memory
 * @param sync whether commits are durable when they are acknowledged
 */
record Plan(long seed, List<List<Op>> programs, List<Event> events, int maxParked, boolean sync) {

	static Plan of(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		List<List<Op>> programs = new Programs(random.split()).draw();
		List<Event> events = Events.draw(random.split());
		int maxParked = List.of(0, 0, 1, 10_000).get(random.nextInt(4));
		return new Plan(seed, programs, events, maxParked, random.nextInt(8) > 0);
	}

	Plan with(List<Event> events) {
		return new Plan(this.seed, this.programs, events, this.maxParked, this.sync);
	}

}
