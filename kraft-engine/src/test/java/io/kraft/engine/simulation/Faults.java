package io.kraft.engine.simulation;

import java.util.function.UnaryOperator;

import io.kraft.engine.store.Store;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.engine.timer.Scheduler;

/**
 * What is put between the engine and its surroundings; nothing by default.
 */
public interface Faults {

	/** Nothing. */
	Faults NONE = new Faults() {
	};

	/** Asked for each partition. */
	default DiskFault disk() {
		return DiskFault.NONE;
	}

	/** Asked at each opening of a store. */
	default UnaryOperator<Store> stores() {
		return UnaryOperator.identity();
	}

	/** Asked at each start. */
	default Scheduler scheduler(ManualScheduler time) {
		return time;
	}

}
