package io.kraft.engine.admission;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * Children that wait for their turn, by the run whose place they may begin on: no more
 * than are waited for. Not thread-safe: guarded by its {@link ConcurrencyLimit}.
 */
final class LoanRequests {

	private final Map<Long, Request> byChild = new HashMap<>();

	private final Map<Long, NavigableSet<Request>> byLender = new HashMap<>();

	void add(long lender, RunRow child, String link) {
		remove(child.number());
		Request request = new Request(lender, child, link);
		this.byChild.put(child.number(), request);
		this.byLender.computeIfAbsent(lender, (run) -> new TreeSet<>(Request.ORDER)).add(request);
	}

	void remove(long child) {
		Request request = this.byChild.remove(child);
		if (request != null) {
			this.byLender.computeIfPresent(request.lender(), (run, requests) -> {
				requests.remove(request);
				return requests.isEmpty() ? null : requests;
			});
		}
	}

	void removeLender(long lender) {
		NavigableSet<Request> requests = this.byLender.remove(lender);
		if (requests != null) {
			requests.forEach((request) -> this.byChild.remove(request.child().number()));
		}
	}

	/**
	 * The first in the order of turns.
	 * @return null if there is none
	 */
	@Nullable Request first(Predicate<Request> condition) {
		return this.byLender.values()
			.stream()
			.flatMap((requests) -> requests.stream().filter(condition).limit(1))
			.min(Request.ORDER)
			.orElse(null);
	}

	/**
	 * A child that may begin on the place of another run.
	 *
	 * @param link id of the lender's own child that is, or is above, this one
	 */
	record Request(long lender, RunRow child, String link) {

		private static final Comparator<Request> ORDER = Comparator.comparing(Request::child, PendingQueue.ORDER);

	}

}
