package io.kraft.engine.replay;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.client.OverloadedException;
import io.kraft.client.ReplayCheckQuery;
import io.kraft.client.ReplayCheckReport;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.store.Store;

/**
 * Reports whether the runs of a store would continue with the present code: replays
 * copies of their journals. No body is entered, and nothing is written. Thread-safe; one
 * check at a time.
 * <p>
 * The copies of a batch are all that it keeps in memory. The code of the workflows is
 * executed up to where each run stands, on threads of its own: what it does besides its
 * durable calls is done once more, as with each replay.
 */
public final class ReplayCheck {

	private final Definitions definitions;

	private final ReplayingEngine.Factory engines;

	private final ReentrantLock one = new ReentrantLock();

	/**
	 * A check against the given definitions.
	 */
	public ReplayCheck(Definitions definitions, ReplayingEngine.Factory engines) {
		this.definitions = definitions;
		this.engines = engines;
	}

	/**
	 * Replays runs of stores.
	 * @param stores those of an engine's partitions
	 * @throws OverloadedException if another check is under way
	 */
	public ReplayCheckReport check(List<Store> stores, ReplayCheckQuery query) {
		if (!this.one.tryLock()) {
			throw new OverloadedException(
					"a check of waiting runs is under way, and one at a time is made. Nothing was "
							+ "done; try again when it is over. See docs/reference/errors.md#kraft-3005");
		}
		try {
			return new CheckedRuns(stores, this.definitions, this.engines, query).check();
		}
		finally {
			this.one.unlock();
		}
	}

}
