package io.kraft.engine.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.client.LimitExceededException;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Refuses signals with ids to runs of which too many ids are remembered. Thread-safe.
 * <p>
 * They are counted on disk when the first of them comes, and from then on added up: an id
 * is remembered as long as its run is kept.
 */
final class MessageIdRoom {

	private static final int KNOWN_RUNS = 1024;

	/** Of a run that was found to have as many on disk as it may. */
	private static final int FULL = Integer.MAX_VALUE;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Long, Integer> counts = new LinkedHashMap<>(16, 0.75f, true);

	private final Store store;

	private final int limit;

	/**
	 * Knows of no run yet.
	 * @param limit most ids of a run
	 */
	MessageIdRoom(Store store, int limit) {
		this.store = store;
		this.limit = limit;
	}

	/**
	 * Counts an id that is about to be remembered, in a decision about its run.
	 * @param prefix with which all ids of its kind begin
	 * @throws LimitExceededException if there is no room for it; it is not counted
	 */
	void take(String id, RunRecord record, String prefix) {
		int count = counted(record, prefix);
		if (count >= this.limit) {
			remember(record.run(), FULL);
			throw new LimitExceededException("run '" + id + "' has got " + this.limit
					+ " signals with an id, and as many ids are remembered for it, that none is delivered twice: send "
					+ "this one without an id, let the run end and start another in its place, or raise "
					+ "kraft.engine.max-message-ids. See docs/reference/errors.md#kraft-3015", null, id,
					(long) this.limit);
		}
		remember(record.run(), count + 1);
	}

	/**
	 * As added up; at the limit as it is on disk, once, because some may have been
	 * counted whose commit was refused. None that is there is forgotten.
	 */
	private int counted(RunRecord record, String prefix) {
		Integer known = known(record.run());
		if (known != null && (known < this.limit || known == FULL)) {
			return known;
		}
		if (known != null) {
			record.awaitDurable();
		}
		return this.store.knownMessages(record.run(), prefix, this.limit);
	}

	private @Nullable Integer known(long run) {
		this.lock.lock();
		try {
			return this.counts.get(run);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void remember(long run, int count) {
		this.lock.lock();
		try {
			this.counts.put(run, count);
			if (this.counts.size() > KNOWN_RUNS) {
				this.counts.remove(this.counts.keySet().iterator().next());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
