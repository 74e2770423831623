package io.kraft.engine.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.kraft.engine.partition.Partition;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * Where decisions about runs are taken: one at a time for each run, against its latest
 * state, be that durable or in flight.
 * <p>
 * A record is held for a run that executes here, that is being decided about, or whose
 * last change is in flight; for all others the store is the truth, and no record is held.
 * Decisions must not nest: one about several runs names them all, and their records are
 * locked in the order of their numbers. A decision may wait for the disk where it must
 * read what is there; it then delays only other decisions about the same run.
 * Thread-safe.
 */
public final class RunLedger {

	private final Partition partition;

	private final ConcurrentMap<Long, RunRecord> records = new ConcurrentHashMap<>();

	/** Not in use, but their last change was in flight. */
	private final Queue<RunRecord> lingering = new ConcurrentLinkedQueue<>();

	/**
	 * A ledger of a partition's runs.
	 */
	public RunLedger(Partition partition) {
		this.partition = partition;
	}

	/**
	 * Decides about a run.
	 * @param run its number
	 * @param decision is called with the run's record, which it must not keep
	 */
	public <T extends @Nullable Object> T decide(long run, Function<RunRecord, T> decision) {
		RunRecord record = enter(run);
		try {
			record.lock();
			try {
				return decision.apply(record);
			}
			finally {
				record.unlock();
			}
		}
		finally {
			leave(record);
		}
	}

	/**
	 * Decides about several runs in one decision.
	 * @param decision is called with the records by the runs' numbers, which it must not
	 * keep
	 */
	public <T extends @Nullable Object> T decide(Collection<Long> runs, Function<Map<Long, RunRecord>, T> decision) {
		List<RunRecord> records = runs.stream().distinct().sorted().map(this::enter).toList();
		int locked = 0;
		try {
			for (; locked < records.size(); locked++) {
				records.get(locked).lock();
			}
			return decision.apply(records.stream().collect(Collectors.toMap(RunRecord::run, Function.identity())));
		}
		finally {
			while (locked > 0) {
				records.get(--locked).unlock();
			}
			records.forEach(this::leave);
		}
	}

	/**
	 * Begins the record of a run whose first commit is about to be submitted, so that
	 * threads that learn of it then find it here. Its journal is to have a writer.
	 * @param length of its journal
	 */
	public RunRecord create(RunRow row, int length) {
		RunRecord record = new RunRecord(row, length, this.partition);
		this.records.put(row.number(), record);
		return record;
	}

	/**
	 * Forgets a run whose first commit was refused.
	 */
	public void forget(long run) {
		this.records.remove(run);
	}

	/**
	 * How many records are held.
	 */
	public int size() {
		return this.records.size();
	}

	private RunRecord enter(long run) {
		return this.records.compute(run,
				(number, known) -> ((known != null) ? known : new RunRecord(number, this.partition)).enter());
	}

	private void leave(RunRecord record) {
		this.records.compute(record.run(), (number, known) -> {
			record.leave();
			if (record.isIdle()) {
				return null;
			}
			return known;
		});
		if (record.isInFlight()) {
			this.lingering.add(record);
		}
		release();
	}

	/** Commits become durable in their order: the first ones in flight are over first. */
	private void release() {
		RunRecord first = this.lingering.peek();
		while (first != null && !first.isInFlight()) {
			if (this.lingering.remove(first)) {
				drop(first);
			}
			first = this.lingering.peek();
		}
	}

	@SuppressWarnings("ReferenceEquality") // This very record.
	private void drop(RunRecord record) {
		this.records.computeIfPresent(record.run(),
				(number, known) -> (known == record && known.isIdle()) ? null : known);
	}

}
