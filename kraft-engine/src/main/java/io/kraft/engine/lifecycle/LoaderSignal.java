package io.kraft.engine.lifecycle;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.kraft.engine.supervision.WorkInFlight;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the loader's thread. Counts as work in flight until it is taken, so that the
 * loader never seems idle while there is something for it. Given by any thread; the rest
 * is for the loader's.
 */
final class LoaderSignal {

	private final WorkInFlight work;

	private final AtomicReference<State> state = new AtomicReference<>(State.TAKEN);

	private volatile @Nullable Thread loader;

	LoaderSignal(WorkInFlight work) {
		this.work = work;
	}

	/**
	 * There may be something to load. Does not block.
	 */
	void give() {
		if (this.state.compareAndSet(State.TAKEN, State.GIVEN)) {
			this.work.begin();
		}
		Thread thread = this.loader;
		if (thread != null) {
			LockSupport.unpark(thread);
		}
	}

	/**
	 * What is given from here on is news.
	 */
	void take() {
		if (this.state.compareAndSet(State.GIVEN, State.TAKEN)) {
			this.work.end();
		}
	}

	/**
	 * The loader has ended: what is given from here on is for none, and is not in flight.
	 */
	void close() {
		if (this.state.getAndSet(State.CLOSED) == State.GIVEN) {
			this.work.end();
		}
	}

	/**
	 * Waits until it is given, or the loader is to stop. A flag, because a park while it
	 * loads may take the permit of an unpark.
	 */
	void await(BooleanSupplier stopped) {
		this.loader = Thread.currentThread();
		this.work.end();
		while (this.state.get() == State.TAKEN && !stopped.getAsBoolean()) {
			LockSupport.park(this);
		}
		this.work.begin();
	}

	private enum State {

		GIVEN, TAKEN, CLOSED

	}

}
