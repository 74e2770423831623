package io.kraft.engine.lifecycle;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Wake-ups that wait for the loader, in the order in which they came. Their number is
 * bounded by the threads that add them, which leave on disk what does not fit.
 * Thread-safe; only the loader takes.
 */
final class WokenRuns {

	private final int limit;

	private final LoaderSignal signal;

	private volatile Runnable roomFreed = () -> {
	};

	private final Queue<LoadRequest> woken = new ConcurrentLinkedQueue<>();

	private final AtomicInteger size = new AtomicInteger();

	/**
	 * None as yet.
	 * @param limit about how many are kept, at least 1
	 * @param signal is given with each
	 */
	WokenRuns(int limit, LoaderSignal signal) {
		this.limit = limit;
		this.signal = signal;
	}

	/**
	 * What to do when half of the limit is free again, and when none is left. Must not
	 * block.
	 */
	void whenRoomFreed(Runnable action) {
		this.roomFreed = action;
	}

	/**
	 * Adds one, whether there is room or not.
	 */
	void add(LoadRequest loadRequest) {
		this.size.incrementAndGet();
		this.woken.add(loadRequest);
		this.signal.give();
	}

	/**
	 * Takes the first; null if there is none.
	 */
	@Nullable LoadRequest poll() {
		LoadRequest first = this.woken.poll();
		if (first != null) {
			int left = this.size.decrementAndGet();
			if (left == this.limit / 2 || left == 0) {
				this.roomFreed.run();
			}
		}
		return first;
	}

	/**
	 * How many more fit.
	 */
	int room() {
		return Math.max(0, this.limit - this.size.get());
	}

	int size() {
		return this.size.get();
	}

	boolean isEmpty() {
		return this.woken.isEmpty();
	}

}
