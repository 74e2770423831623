package io.kraft.engine.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Runs on disk that are to be loaded one after another, in the order of their start. Read
 * in pages; used by the loader's thread, except for {@link #mayHaveMore()},
 * {@link #readAgain()} and {@link #taken()}.
 */
final class Backlog {

	private static final int PAGE = 256;

	private final PageReader reader;

	/** Leaves out a run that is executing already, or came later. */
	private LongPredicate belongs;

	private final Deque<Long> page = new ArrayDeque<>();

	private long after;

	private volatile boolean mayHaveMore = true;

	private volatile boolean again;

	private final AtomicLong taken = new AtomicLong();

	private Backlog(PageReader reader, LongPredicate belongs) {
		this.reader = reader;
		this.belongs = belongs;
	}

	/**
	 * Those that were executing when the engine last stopped.
	 */
	static Backlog ofInterrupted(Store store, long lastBeforeStart) {
		return new Backlog(ofStatus(store, WorkflowStatus.RUNNING), (run) -> run <= lastBeforeStart);
	}

	/**
	 * Those that were paused and may be able to continue now.
	 */
	static Backlog ofPaused(Store store, long lastBeforeStart) {
		return new Backlog(ofStatus(store, WorkflowStatus.PAUSED), (run) -> run <= lastBeforeStart);
	}

	/**
	 * Those to which something was sent that they had not taken when the engine last
	 * stopped.
	 */
	static Backlog ofAddressed(Store store, long lastBeforeStart) {
		return new Backlog(store::runsWithMessages, (run) -> run <= lastBeforeStart);
	}

	private static PageReader ofStatus(Store store, WorkflowStatus status) {
		return (after, limit) -> store.oldest(status, after, limit).stream().map(RunRow::number).toList();
	}

	boolean mayHaveMore() {
		return this.mayHaveMore || this.again;
	}

	/**
	 * Reads all of them once more, with those that came later.
	 */
	void readAgain() {
		this.again = true;
	}

	/**
	 * The number of the next run; null if there is none now.
	 */
	@Nullable Long next() {
		if (this.again) {
			this.again = false;
			this.page.clear();
			this.after = 0;
			this.belongs = (run) -> true;
			this.mayHaveMore = true;
		}
		Long next = this.page.poll();
		while (next == null && this.mayHaveMore) {
			readPage();
			next = this.page.poll();
		}
		if (next != null) {
			this.taken.incrementAndGet();
		}
		return next;
	}

	/**
	 * How many were taken.
	 */
	long taken() {
		return this.taken.get();
	}

	private void readPage() {
		try {
			List<Long> runs = this.reader.read(this.after, PAGE);
			runs.stream().filter(this.belongs::test).forEach(this.page::add);
			boolean isLast = runs.size() < PAGE;
			this.after = isLast ? 0 : runs.getLast();
			this.mayHaveMore = !isLast;
		}
		catch (RuntimeException ex) {
			this.mayHaveMore = true;
			throw ex;
		}
	}

	/**
	 * Reads numbers of runs in rising order.
	 */
	@FunctionalInterface
	private interface PageReader {

		List<Long> read(long after, int limit);

	}

}
