package io.kraft.engine.run;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Lets one start at a time decide about an id. Thread-safe; holds only ids that are being
 * started.
 */
public final class RunClaims {

	private final ConcurrentMap<String, Turns> turns = new ConcurrentHashMap<>();

	/**
	 * Does the action when no other thread is about to with the same id.
	 */
	public <T extends @Nullable Object> T whileClaimed(String id, Supplier<T> action) {
		Claim claim = claim(id);
		try {
			return action.get();
		}
		finally {
			claim.close();
		}
	}

	/**
	 * Claims an id when no other thread has it. A thread that has several must not wait
	 * for a further one here: two such threads could wait for each other.
	 */
	public Claim claim(String id) {
		Turns turns = join(id);
		turns.lock.lock();
		return new Claim(id, turns);
	}

	/**
	 * Claims an id that no other thread has.
	 * @return null if one has it
	 */
	public @Nullable Claim tryClaim(String id) {
		Turns turns = join(id);
		if (turns.lock.tryLock()) {
			return new Claim(id, turns);
		}
		leave(id, turns);
		return null;
	}

	private Turns join(String id) {
		return this.turns.compute(id, (key, present) -> (present != null) ? present.join() : new Turns());
	}

	private void leave(String id, Turns left) {
		this.turns.compute(id, (key, present) -> left.leave() ? null : present);
	}

	/**
	 * Of the thread that has claimed an id, until it closes this.
	 */
	public final class Claim {

		private final String id;

		private final Turns turns;

		private Claim(String id, Turns turns) {
			this.id = id;
			this.turns = turns;
		}

		/**
		 * Lets others have it.
		 */
		public void close() {
			this.turns.lock.unlock();
			leave(this.id, this.turns);
		}

	}

	/**
	 * Its members are changed within the map's atomic operations only.
	 */
	private static final class Turns {

		private final ReentrantLock lock = new ReentrantLock();

		private int members = 1;

		Turns join() {
			this.members++;
			return this;
		}

		boolean leave() {
			return --this.members == 0;
		}

	}

}
