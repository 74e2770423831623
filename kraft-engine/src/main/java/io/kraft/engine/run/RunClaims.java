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

	private final ConcurrentMap<String, Claim> claims = new ConcurrentHashMap<>();

	/**
	 * Does the action when no other thread is about to with the same id.
	 */
	public <T extends @Nullable Object> T whileClaimed(String id, Supplier<T> action) {
		Claim claim = this.claims.compute(id, (key, present) -> (present != null) ? present.join() : new Claim());
		claim.lock.lock();
		try {
			return action.get();
		}
		finally {
			claim.lock.unlock();
			this.claims.compute(id, (key, present) -> claim.leave() ? null : present);
		}
	}

	/**
	 * Its members are changed within the map's atomic operations only.
	 */
	private static final class Claim {

		private final ReentrantLock lock = new ReentrantLock();

		private int members = 1;

		Claim join() {
			this.members++;
			return this;
		}

		boolean leave() {
			return --this.members == 0;
		}

	}

}
