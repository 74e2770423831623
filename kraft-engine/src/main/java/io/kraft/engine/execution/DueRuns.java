package io.kraft.engine.execution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.kraft.engine.partition.Commit;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Timer;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Runs whose time has come to wait for their turn, on their way to the disk as pending:
 * delayed ones, and items that wait for their next attempt. Many that are due at once
 * share the committer's batches. What the store says of such a run is out of date, so
 * whoever is to change its row settles them first. Thread-safe.
 * <p>
 * Crash before a run's commit: its timer is still there, and is due at the next start.
 * After it: it is found among the pending ones.
 */
final class DueRuns {

	private final ReentrantLock lock = new ReentrantLock();

	private final Partition partition;

	private final Consumer<RunRow> pending;

	private final Map<Long, RunRow> underWay = new LinkedHashMap<>();

	private volatile @Nullable Commit last;

	/**
	 * None as yet.
	 * @param pending is told of each run when it is durable that it waits for its turn
	 */
	DueRuns(Partition partition, Consumer<RunRow> pending) {
		this.partition = partition;
		this.pending = pending;
	}

	/**
	 * A run's time has come.
	 * @param waiting its row as the store holds it
	 * @param timer that is due; null if it was something else
	 */
	void add(RunRow waiting, @Nullable Timer timer) {
		this.lock.lock();
		try {
			RunRow after = waiting.pending();
			Change.RunChanged changed = new Change.RunChanged(waiting, after);
			this.last = this.partition
				.submit((timer != null) ? List.of(changed, new Change.TimerRemoved(timer)) : List.of(changed));
			this.underWay.put(after.number(), after);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether any are on their way. Does not block.
	 */
	boolean areUnderWay() {
		return this.last != null;
	}

	/**
	 * Whether a run's row is on its way.
	 */
	boolean contains(long run) {
		this.lock.lock();
		try {
			return this.underWay.containsKey(run);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until they are durable, for the last of them: commits become so in their
	 * order.
	 * @throws KraftException if they never will be
	 */
	void settle() {
		this.lock.lock();
		try {
			Commit commit = this.last;
			if (commit != null) {
				commit.await();
				this.last = null;
				this.underWay.values().forEach(this.pending);
				this.underWay.clear();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
