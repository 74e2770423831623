package io.kraft.engine.run;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

import io.kraft.client.LimitExceededException;
import io.kraft.engine.journal.Payload;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes the values of a run may still take that it publishes, and those of its
 * state. Where they take more, the run is paused: its code can do nothing about it, and
 * whether it would be refused must not depend on when it is replayed. Thread-safe.
 */
public final class ValueRoom {

	private final ReentrantLock lock = new ReentrantLock();

	private final LoadedRun run;

	/** Null until the run publishes something here. */
	private @Nullable Map<String, Long> published;

	private long publishedBytes;

	/** Null until the run's code sets something here. */
	private @Nullable StateRoom state;

	ValueRoom(LoadedRun run) {
		this.run = run;
	}

	/**
	 * Counts a value that is about to be published, in place of the one before.
	 * @throws RunUnwound if there is no room for it
	 */
	public void publish(String key, Payload value) {
		this.lock.lock();
		try {
			count(key, value);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void count(String key, Payload value) {
		Map<String, Long> sizes = sizes();
		long size = size(key, value);
		long before = sizes.getOrDefault(key, 0L);
		long limit = this.run.environment().settings().limits().published();
		if (size > before && this.publishedBytes - before + size > limit) {
			throw this.run.continuation()
				.pause(new LimitExceededException("run '" + this.run.id() + "' has published " + this.publishedBytes
						+ " bytes under " + sizes.size() + " keys, and at most " + limit + " are kept: the value of '"
						+ key + "' with " + size + " bytes does not fit. Publish less, "
						+ "or raise kraft.engine.max-published-size, and resume the run. "
						+ "See docs/reference/errors.md#kraft-3015", null, this.run.id(), limit));
		}
		sizes.put(key, size);
		this.publishedBytes += size - before;
	}

	private Map<String, Long> sizes() {
		Map<String, Long> sizes = this.published;
		if (sizes == null) {
			sizes = new HashMap<>();
			for (Map.Entry<String, Integer> stored : this.run.continuation()
				.whileReadable(() -> this.run.environment().partition().store().publishedSizes(this.run.number()))
				.entrySet()) {
				long size = size(stored.getKey(), stored.getValue());
				sizes.put(stored.getKey(), size);
				this.publishedBytes += size;
			}
			this.published = sizes;
		}
		return sizes;
	}

	/**
	 * Sets a value of the state.
	 * @param note notes the change, and returns where it stands in the journal
	 * @throws RunUnwound if there is no room for it
	 */
	public void set(String key, Payload value, IntSupplier note) {
		if (!stateRoom().set(key, value, note)) {
			long limit = stateLimit();
			throw this.run.continuation()
				.pause(new LimitExceededException("the state of run '" + this.run.id() + "' has "
						+ this.run.state().size() + " bytes, and at most " + limit + " are kept: the value of '" + key
						+ "' with " + size(key, value)
						+ " bytes does not fit. Clear what is not needed any more, or raise kraft.engine.max-state-size, "
						+ "and resume the run. See docs/reference/errors.md#kraft-3015", null, this.run.id(), limit));
		}
	}

	private StateRoom stateRoom() {
		this.lock.lock();
		try {
			StateRoom room = this.state;
			if (room == null) {
				room = new StateRoom(this.run.state(), stateLimit());
				this.state = room;
			}
			return room;
		}
		finally {
			this.lock.unlock();
		}
	}

	private long stateLimit() {
		return this.run.environment().settings().limits().state();
	}

	static long size(String key, Payload value) {
		return size(key, value.bytes().length);
	}

	private static long size(String key, int bytes) {
		return (long) RunLimits.KEY_OVERHEAD + RunLimits.length(key) + bytes;
	}

}
