package io.kraft.engine.simulation;

import java.util.List;
import java.util.SplittableRandom;

/**
 * All that a seed decides.
 *
 * @param maxParked waiting runs that stay in memory
 * @param sync whether commits are durable when they are acknowledged
 * @param inboxBytes memory for the messages of all inboxes
 * @param partitions of the engine
 */
record Plan(long seed, List<List<Op>> programs, List<Event> events, int maxParked, boolean sync, long inboxBytes,
		int partitions) {

	/** For all; for one or two; for none. */
	private static final List<Long> INBOX_BYTES = List.of(1_000_000L, 600L, 1L);

	static Plan of(long seed) {
		return of(seed, 1);
	}

	/**
	 * A plan with two to four partitions, whose commits are synced: one that loses what
	 * others have seen is found out, and stands still.
	 */
	static Plan ofSeveral(long seed) {
		return of(seed, several(seed));
	}

	private static int several(long seed) {
		return (int) (2 + seed % 3);
	}

	private static Plan of(long seed, int partitions) {
		SplittableRandom random = new SplittableRandom(seed);
		List<List<Op>> programs = new Programs(random.split(), Programs.WORKFLOWS, partitions).draw();
		List<Event> events = Events.draw(random.split(), partitions);
		int maxParked = List.of(0, 0, 1, 10_000).get(random.nextInt(4));
		boolean sync = random.nextInt(8) > 0 || partitions > 1;
		return new Plan(seed, programs, events, maxParked, sync, INBOX_BYTES.get(random.nextInt(INBOX_BYTES.size())),
				partitions);
	}

	/**
	 * A plan without operators that end runs, and without races: so that what is broken
	 * is broken by a fault that was planted.
	 */
	static Plan calm(long seed) {
		return calm(seed, 1);
	}

	static Plan calmOfSeveral(long seed) {
		return calm(seed, several(seed));
	}

	private static Plan calm(long seed, int partitions) {
		SplittableRandom random = new SplittableRandom(seed);
		List<List<Op>> programs = new Programs(random.split(), List.of("plain", "brief"), partitions).draw();
		return new Plan(seed, programs, Events.drawCalm(random.split(), partitions), (seed % 2 == 0) ? 0 : 10_000, true,
				1_000_000, partitions);
	}

	Plan with(List<Event> events) {
		return new Plan(this.seed, this.programs, events, this.maxParked, this.sync, this.inboxBytes, this.partitions);
	}

}
