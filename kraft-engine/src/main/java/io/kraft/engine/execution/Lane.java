package io.kraft.engine.execution;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

import io.kraft.engine.execution.run.LoadedRuns;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one workflow that wait on disk for their turn, the next one first. Read in
 * pages, and read again for as long as there are any: a run stays pending on disk until
 * its first commit after it was loaded. Used by the loader's thread, except for
 * {@link #mayHaveMore()} and {@link #expect}.
 */
final class Lane {

	/** In which runs take their turn: higher priorities first, then the older ones. */
	static final Comparator<RunRow> ORDER = Comparator.comparingInt(RunRow::priority)
		.reversed()
		.thenComparingLong(RunRow::number);

	private static final int PAGE = 256;

	private final Store store;

	private final LoadedRuns loadedRuns;

	private final String workflow;

	private final Deque<RunRow> page = new ArrayDeque<>();

	private @Nullable RunRow lastRead;

	/** The page's last run; null if none was read. */
	private volatile @Nullable RunRow reached;

	private volatile boolean isOvertaken;

	private volatile boolean mayHaveMore;

	Lane(Store store, LoadedRuns loadedRuns, String workflow) {
		this.store = store;
		this.loadedRuns = loadedRuns;
		this.workflow = workflow;
	}

	String workflow() {
		return this.workflow;
	}

	boolean mayHaveMore() {
		return this.mayHaveMore;
	}

	/**
	 * There may be runs from before.
	 */
	void expectMore() {
		this.mayHaveMore = true;
	}

	/**
	 * A run was made durable. It belongs before those that were read if its priority is
	 * higher, or if it is an older one that waits for its turn again.
	 */
	void expect(RunRow row) {
		RunRow last = this.reached;
		if (last != null && ORDER.compare(row, last) <= 0) {
			this.isOvertaken = true;
		}
		this.mayHaveMore = true;
	}

	/**
	 * The next run; null if there is none now.
	 */
	@Nullable RunRow peek() {
		if (this.isOvertaken) {
			this.isOvertaken = false;
			this.page.clear();
			readFromStart();
		}
		while (this.page.isEmpty() && this.mayHaveMore) {
			readPage();
		}
		return this.page.peek();
	}

	/**
	 * The next run, which {@link #peek()} has seen.
	 */
	RunRow head() {
		return Objects.requireNonNull(this.page.peek());
	}

	void remove() {
		this.page.remove();
	}

	private void readFromStart() {
		this.lastRead = null;
		this.reached = null;
	}

	private void readPage() {
		// Before the reading, so that a run that comes during it is not overlooked.
		this.mayHaveMore = false;
		try {
			List<RunRow> rows = this.store.pending(this.workflow, this.lastRead, PAGE);
			rows.stream().filter((row) -> this.loadedRuns.find(row.number()) == null).forEach(this.page::add);
			if (rows.size() < PAGE) {
				readFromStart();
				if (!this.page.isEmpty()) {
					this.reached = this.page.getLast();
					// Not an assignment of both: it could overwrite what came meanwhile.
					this.mayHaveMore = true;
				}
			}
			else {
				this.lastRead = rows.getLast();
				this.reached = this.lastRead;
				this.mayHaveMore = true;
			}
		}
		catch (RuntimeException ex) {
			this.mayHaveMore = true;
			throw ex;
		}
	}

}
