package io.kraft.engine.execution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.kraft.engine.partition.Commit;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Timer;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Delayed runs whose time has come, on their way to the disk as pending: many that are
 * due at once share the committer's batches. What the store says of such a run is out of
 * date, so whoever is to change its row settles them first. Thread-safe.
 * <p>
 * Crash before a run's commit: its timer is still there, and is due at the next start.
 * After it: it is found among the pending ones.
 */
final class DueRuns {

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
	 * @param scheduled its row as the store holds it
	 */
	synchronized void add(RunRow scheduled, Timer timer) {
		RunRow after = scheduled.pending();
		this.last = this.partition
			.submit(List.of(new Change.RunChanged(scheduled, after), new Change.TimerRemoved(timer)));
		this.underWay.put(after.number(), after);
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
	synchronized boolean contains(long run) {
		return this.underWay.containsKey(run);
	}

	/**
	 * Waits until they are durable, for the last of them: commits become so in their
	 * order.
	 * @throws KraftException if they never will be
	 */
	synchronized void settle() {
		Commit commit = this.last;
		if (commit != null) {
			commit.await();
			this.last = null;
			this.underWay.values().forEach(this.pending);
			this.underWay.clear();
		}
	}

}
