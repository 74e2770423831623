package io.kraft.engine.run;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

import io.kraft.engine.journal.Payload;

/**
 * How many bytes the state of a run may still take. Checks and changes it in one, as
 * parallel branches would pass the limit together. Thread-safe.
 */
final class StateRoom {

	private final ReentrantLock lock = new ReentrantLock();

	private final DurableState state;

	private final long limit;

	/**
	 * Of a state.
	 * @param limit most bytes that it takes
	 */
	StateRoom(DurableState state, long limit) {
		this.state = state;
		this.limit = limit;
	}

	/**
	 * Sets a value, if there is room for it. One that is no larger than the one before
	 * fits always.
	 * @param note notes the change, and returns where it stands in the journal
	 * @return whether it was set
	 */
	boolean set(String key, Payload value, IntSupplier note) {
		this.lock.lock();
		try {
			long size = ValueRoom.size(key, value);
			long before = this.state.size(key);
			if (size > before && this.state.size() - before + size > this.limit) {
				return false;
			}
			this.state.apply(key, value, note.getAsInt(), false);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

}
