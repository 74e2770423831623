package io.kraft.engine.channel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Those that wait until fewer rows wait for another partition, in the order in which they
 * came. Each is notified once, and looks itself then. Thread-safe.
 * <p>
 * As many are notified as there is room for. Room that one does not take, because it was
 * cancelled meanwhile, is offered again with the next rows that are removed: where rows
 * are left, some will be.
 */
final class RoomWaits {

	private final Set<Waiting> waiting = new LinkedHashSet<>();

	/**
	 * Adds one.
	 * @param freed must not block
	 * @return waits no more
	 */
	Runnable add(Runnable freed) {
		Waiting added = new Waiting(freed);
		synchronized (this.waiting) {
			this.waiting.add(added);
		}
		return () -> remove(added);
	}

	private void remove(Waiting ended) {
		synchronized (this.waiting) {
			this.waiting.remove(ended);
		}
	}

	/**
	 * There is room.
	 * @param rows for how many; none if it is not positive
	 */
	void freed(long rows) {
		List<Waiting> notified = new ArrayList<>();
		synchronized (this.waiting) {
			this.waiting.stream().limit(Math.max(rows, 0)).forEach(notified::add);
			notified.forEach(this.waiting::remove);
		}
		notified.forEach((next) -> next.freed.run());
	}

	/**
	 * Known by its identity.
	 */
	private static final class Waiting {

		private final Runnable freed;

		private Waiting(Runnable freed) {
			this.freed = freed;
		}

	}

}
