package io.kraft.engine.admission;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one workflow that wait on disk for their turn, the next one first. Read in
 * pages, each behind the one before: so it never goes again over those that have begun,
 * however many they are. What comes later and belongs further to the front comes through
 * {@link #expect}. Used by the loader's thread, except for {@link #mayHaveMore()} and
 * {@link #expect}.
 */
final class PendingQueue {

	/** In which runs take their turn: higher priorities first, then the older ones. */
	static final Comparator<RunRow> ORDER = Comparator.comparingInt(RunRow::priority)
		.reversed()
		.thenComparingLong(RunRow::number);

	private static final int PAGE = 256;

	private final Store store;

	private final String workflow;

	private final NavigableSet<RunRow> page = new TreeSet<>(ORDER);

	/** What is not to be found behind what was read. */
	private final Queue<RunRow> earlier = new ConcurrentLinkedQueue<>();

	/** What was read up to; null if nothing was. */
	private volatile @Nullable RunRow reached;

	private volatile boolean isReading;

	/**
	 * Zero if there are no more; else another number with each run that comes, so that a
	 * reading that finds none is no proof where one came meanwhile.
	 */
	private final AtomicLong more = new AtomicLong();

	private final AtomicLong stamps = new AtomicLong();

	PendingQueue(Store store, String workflow) {
		this.store = store;
		this.workflow = workflow;
	}

	String workflow() {
		return this.workflow;
	}

	boolean mayHaveMore() {
		return this.more.get() != 0;
	}

	/**
	 * There may be runs from before.
	 */
	void expectMore() {
		this.more.set(this.stamps.incrementAndGet());
	}

	/**
	 * A run was made durable. It belongs before those that were read if its priority is
	 * higher, or if it is an older one that waits for its turn again.
	 */
	void expect(RunRow row) {
		// How far a reading that is under way will come is not known.
		if (this.isReading || belongsBeforeReached(row)) {
			this.earlier.add(row);
		}
		expectMore();
	}

	private boolean belongsBeforeReached(RunRow row) {
		RunRow last = this.reached;
		return last != null && ORDER.compare(row, last) <= 0;
	}

	/**
	 * The next run; null if there is none now.
	 */
	@Nullable RunRow peek() {
		takeEarlier();
		while (this.page.isEmpty() && mayHaveMore()) {
			readPage();
			takeEarlier();
		}
		return this.page.isEmpty() ? null : this.page.first();
	}

	void remove(RunRow row) {
		this.page.remove(row);
	}

	/**
	 * Puts what belongs further to the front there.
	 */
	void takeEarlier() {
		for (RunRow row = this.earlier.poll(); row != null; row = this.earlier.poll()) {
			if (belongsBeforeReached(row)) {
				this.page.add(row);
				expectMore();
			}
		}
		if (this.page.size() > 2 * PAGE) {
			while (this.page.size() > PAGE) {
				this.page.pollLast();
			}
			this.reached = this.page.last();
		}
	}

	/** Others may look meanwhile: there may be more until none were found. */
	private void readPage() {
		long before = this.more.get();
		this.isReading = true;
		try {
			List<RunRow> rows = this.store.pending(this.workflow, this.reached, PAGE);
			this.page.addAll(rows);
			if (rows.isEmpty()) {
				this.more.compareAndSet(before, 0);
			}
			else {
				this.reached = rows.getLast();
			}
		}
		finally {
			this.isReading = false;
		}
	}

}
