package io.kraft.engine.execution;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.WorkflowCatalog;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunSlice;
import io.kraft.engine.store.Store;

/**
 * How many runs of a workflow may have begun and not ended. A workflow without a limit
 * costs nothing. Thread-safe.
 */
final class Admission {

	private static final int PAGE = 256;

	private final Map<String, Limit> limits = new HashMap<>();

	/**
	 * Counts what has begun before.
	 */
	Admission(WorkflowCatalog catalog, Store store) {
		catalog.limits().forEach((name, max) -> {
			Set<Long> runs = new HashSet<>();
			collect(store, name, WorkflowStatus.RUNNING, runs);
			collect(store, name, WorkflowStatus.SUSPENDED, runs);
			this.limits.put(name, new Limit(max, runs));
		});
	}

	private static void collect(Store store, String name, WorkflowStatus status, Set<Long> runs) {
		RunFilter filter = new RunFilter(name, Set.of(status), Map.of(), null, null);
		long before = Long.MAX_VALUE;
		while (before > 0) {
			RunSlice slice = store.runs(filter, before, PAGE);
			slice.rows().stream().map(RunRow::number).forEach(runs::add);
			before = slice.nextBefore();
		}
	}

	/**
	 * Whether one more may begin.
	 */
	boolean admits(String workflow) {
		Limit limit = this.limits.get(workflow);
		return limit == null || limit.admits();
	}

	/**
	 * Keeps a place for a run that is about to be, if there is one: to be settled or
	 * given back.
	 */
	boolean tryReserve(String workflow) {
		Limit limit = this.limits.get(workflow);
		return limit == null || limit.tryReserve();
	}

	/**
	 * The place that was kept is not needed.
	 */
	void giveBack(String workflow) {
		Limit limit = this.limits.get(workflow);
		if (limit != null) {
			limit.giveBack();
		}
	}

	/**
	 * A run takes the place that was kept.
	 */
	void settle(String workflow, long run) {
		giveBack(workflow);
		begin(workflow, run);
	}

	/**
	 * A run begins, or goes on, in any case.
	 */
	void begin(String workflow, long run) {
		Limit limit = this.limits.get(workflow);
		if (limit != null) {
			limit.begin(run);
		}
	}

	/**
	 * A run has ended, or does not go on before somebody sees to it.
	 */
	void end(String workflow, long run) {
		Limit limit = this.limits.get(workflow);
		if (limit != null) {
			limit.end(run);
		}
	}

	/**
	 * A run will not begin: it has ended, or is no more. Its workflow need not be known.
	 */
	void end(long run) {
		this.limits.values().forEach((limit) -> limit.end(run));
	}

	private static final class Limit {

		private final int max;

		private final Set<Long> begun;

		private int reserved;

		Limit(int max, Set<Long> begun) {
			this.max = max;
			this.begun = begun;
		}

		synchronized boolean admits() {
			return this.begun.size() + this.reserved < this.max;
		}

		synchronized boolean tryReserve() {
			boolean admitted = admits();
			this.reserved += admitted ? 1 : 0;
			return admitted;
		}

		synchronized void giveBack() {
			this.reserved--;
		}

		synchronized void begin(long run) {
			this.begun.add(run);
		}

		synchronized void end(long run) {
			this.begun.remove(run);
		}

	}

}
