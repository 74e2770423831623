package io.kraft.engine.replay;

import java.util.function.Supplier;

import io.kraft.engine.run.ReplayListener;
import io.kraft.engine.store.Store;
import io.kraft.engine.supervision.WorkInFlight;

/**
 * An engine in which runs only replay, and which was started.
 */
public interface ReplayingEngine extends AutoCloseable {

	/**
	 * What it has written so far.
	 */
	Store store();

	@Override
	void close();

	/**
	 * Starts such engines.
	 */
	@FunctionalInterface
	interface Factory {

		ReplayingEngine start(Supplier<Store> store, WorkInFlight work, ReplayListener listener);

	}

}
