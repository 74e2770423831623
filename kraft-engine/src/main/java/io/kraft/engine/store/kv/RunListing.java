package io.kraft.engine.store.kv;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunSlice;
import io.kraft.engine.store.kv.RunNumbers.Allowance;
import org.jspecify.annotations.Nullable;

/**
 * Finds one page of runs.
 * <p>
 * Each filter on tags, name and status has keys that end with run numbers; the page is
 * their intersection, walked from the newest number down, so runs that only some of the
 * filters would accept are skipped by seeks. The filters on time become bounds on the
 * numbers, because a run's creation is never earlier than that of a lower number. What
 * the allowance of keys does not reach is left to the next page.
 */
final class RunListing implements AutoCloseable {

	private static final int KEYS_A_PAGE = 10_000;

	/** Of the rows of a page. */
	private static final long MAX_PAGE_BYTES = 4 * 1024 * 1024;

	private final KeyReader store;

	private final RunFilter filter;

	private final UnreadableRows unreadable;

	private final Allowance allowance = new Allowance(KEYS_A_PAGE);

	private long bytes;

	private int rowBytes;

	private final List<KeyCursor> cursors = new ArrayList<>();

	RunListing(KeyReader store, RunFilter filter, UnreadableRows unreadable) {
		this.unreadable = unreadable;
		this.store = store;
		this.filter = filter;
	}

	RunSlice page(long before, int limit) {
		long lowest = lowest();
		long next = Math.min(before, beyondHighest()) - 1;
		RunNumbers numbers = numbers();
		List<RunRow> rows = new ArrayList<>();
		while (next >= lowest) {
			long number = numbers.atOrBelow(next);
			if (number < lowest) {
				break;
			}
			if (rows.size() == limit || this.bytes >= MAX_PAGE_BYTES || this.allowance.isSpent()) {
				return new RunSlice(rows, number + 1);
			}
			RunRow row = this.unreadable.skip(number, this::row);
			this.allowance.take();
			if (row != null) {
				addIfAccepted(rows, row);
			}
			next = number - 1;
		}
		return new RunSlice(rows, 0);
	}

	private @Nullable RunRow row(long number) {
		byte[] row = this.store.get(Keyspace.RUNS, Keys.number(number));
		if (row == null) {
			return null;
		}
		this.rowBytes = row.length;
		return RunRowCodec.decode(number, row);
	}

	@Override
	public void close() {
		while (!this.cursors.isEmpty()) {
			KeyCursor cursor = this.cursors.removeLast();
			// Closes the others first, and this one whatever they throw.
			try (cursor) {
				close();
			}
		}
	}

	private void addIfAccepted(List<RunRow> rows, RunRow row) {
		if (this.filter.accepts(row)) {
			rows.add(row);
			this.bytes += this.rowBytes;
		}
	}

	private RunNumbers numbers() {
		List<RunNumbers> all = new ArrayList<>();
		this.filter.tags().forEach((key, value) -> all.add(indexed(RunKeys.tag(key, value))));
		String name = this.filter.name();
		if (name != null) {
			Set<WorkflowStatus> statuses = this.filter.statuses().isEmpty() ? EnumSet.allOf(WorkflowStatus.class)
					: this.filter.statuses();
			all.add(new RunNumbers.AnyOf(
					statuses.stream().map((status) -> indexed(RunKeys.name(name, status))).toList()));
		}
		else if (!this.filter.statuses().isEmpty()) {
			all.add(new RunNumbers.AnyOf(
					this.filter.statuses().stream().map((status) -> indexed(RunKeys.status(status))).toList()));
		}
		if (all.isEmpty()) {
			KeyCursor runs = open(this.store.scan(Keyspace.RUNS, Keys.EMPTY, null));
			return new RunNumbers.OfPrefix(runs, Keys.EMPTY, this.allowance);
		}
		return (all.size() == 1) ? all.getFirst() : new RunNumbers.AllOf(all, this.allowance);
	}

	private RunNumbers indexed(byte[] prefix) {
		KeyCursor keys = open(this.store.scan(Keyspace.INDEX, prefix, Keys.after(prefix)));
		return new RunNumbers.OfPrefix(keys, prefix, this.allowance);
	}

	private KeyCursor open(KeyCursor cursor) {
		this.cursors.add(cursor);
		return cursor;
	}

	private long lowest() {
		return (this.filter.createdAfter() == null) ? 1
				: firstRun((row) -> row.createdAt().isAfter(this.filter.createdAfter()));
	}

	private long beyondHighest() {
		return (this.filter.createdBefore() == null) ? Long.MAX_VALUE
				: firstRun((row) -> !row.createdAt().isBefore(this.filter.createdBefore()));
	}

	/**
	 * A binary search: every run below the result is not late, and every one from it on
	 * is.
	 * @param isLate false up to some number, and true from there on
	 */
	private long firstRun(Predicate<RunRow> isLate) {
		try (KeyCursor runs = this.store.scan(Keyspace.RUNS, Keys.EMPTY, null)) {
			long low = 1;
			long high = runs.last() ? Keys.lastNumber(runs.key()) + 1 : 1;
			while (low < high) {
				long middle = (low + high) >>> 1;
				if (!runs.atOrBefore(Keys.number(middle))) {
					low = middle + 1;
					continue;
				}
				long found = Keys.lastNumber(runs.key());
				if (found < low) {
					low = middle + 1;
				}
				else if (isLate.test(RunRowCodec.decode(found, runs.value()))) {
					high = found;
				}
				else {
					low = middle + 1;
				}
			}
			return low;
		}
	}

}
