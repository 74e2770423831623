package io.kraft.engine.simulation;

import java.util.List;
import java.util.SplittableRandom;

/**
 * All that a seed decides.
 *
 * @param maxParked waiting runs that stay in memory
 * @param sync whether commits are durable when they are acknowledged
 * @param inboxBytes memory for the messages of all inboxes
 */
record Plan(long seed, List<List<Op>> programs, List<Event> events, int maxParked, boolean sync, long inboxBytes) {

	/** For all; for one or two; for none. */
	private static final List<Long> INBOX_BYTES = List.of(1_000_000L, 600L, 1L);

	static Plan of(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		List<List<Op>> programs = new Programs(random.split(), Programs.WORKFLOWS).draw();
		List<Event> events = Events.draw(random.split());
		int maxParked = List.of(0, 0, 1, 10_000).get(random.nextInt(4));
		return new Plan(seed, programs, events, maxParked, random.nextInt(8) > 0,
				INBOX_BYTES.get(random.nextInt(INBOX_BYTES.size())));
	}

	/**
	 * A plan without operators that end runs, and without races: so that what is broken
	 * is broken by a fault that was planted.
	 */
	static Plan calm(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		List<List<Op>> programs = new Programs(random.split(), List.of("plain", "brief")).draw();
		return new Plan(seed, programs, Events.drawCalm(random.split()), (seed % 2 == 0) ? 0 : 10_000, true, 1_000_000);
	}

	Plan with(List<Event> events) {
		return new Plan(this.seed, this.programs, events, this.maxParked, this.sync, this.inboxBytes);
	}

}
