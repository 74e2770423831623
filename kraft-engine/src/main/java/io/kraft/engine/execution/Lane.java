package io.kraft.engine.execution;

import java.util.ArrayDeque;
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
 * {@link #mayHaveMore()} and {@link #expectMore}.
 */
final class Lane {

	private static final int PAGE = 256;

	private final Store store;

	private final LoadedRuns loadedRuns;

	private final String workflow;

	private final Deque<RunRow> page = new ArrayDeque<>();

	private @Nullable RunRow lastRead;

	/** Of the page's last run: one that is higher belongs before it. */
	private volatile int priorityReached = Integer.MAX_VALUE;

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
	 * A run of a priority was made durable.
	 */
	void expectMore(int priority) {
		if (priority > this.priorityReached) {
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
		this.priorityReached = Integer.MAX_VALUE;
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
					this.priorityReached = this.page.getLast().priority();
					// Not an assignment of both: it could overwrite what came meanwhile.
					this.mayHaveMore = true;
				}
			}
			else {
				this.lastRead = rows.getLast();
				this.priorityReached = this.lastRead.priority();
				this.mayHaveMore = true;
			}
		}
		catch (RuntimeException ex) {
			this.mayHaveMore = true;
			throw ex;
		}
	}

}
