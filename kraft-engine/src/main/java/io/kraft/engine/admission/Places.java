package io.kraft.engine.admission;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kraft.engine.admission.LoanRequests.Request;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * The places of one workflow's limit: those of its runs that have begun and not ended,
 * and which of them are lent. Not thread-safe: guarded by its {@link ConcurrencyLimit}.
 * <p>
 * A run that waits for its children only, and whose place another one works on, takes
 * none: so a chain of runs that call each other takes one place, whichever of them
 * executes. One that continues takes its place again immediately; until the borrower has
 * ended, both count. A loan is never written down: after a restart each run that has
 * begun has a place of its own, until those that wait for children have reported so
 * again.
 */
final class Places {

	private final Map<NodeRun, Place> places = new HashMap<>();

	private final LoanRequests requests = new LoanRequests();

	/** Those that take none, because they are lent. */
	private int lent;

	/**
	 * A run has begun before.
	 * @param suspended so that it has not reported yet what it waits for
	 */
	void restore(NodeRun run, boolean suspended) {
		place(run).unreported = suspended;
	}

	/**
	 * How many are taken.
	 */
	int taken() {
		return this.places.size() - this.lent;
	}

	boolean has(NodeRun run) {
		return this.places.containsKey(run);
	}

	private Place place(NodeRun run) {
		return this.places.computeIfAbsent(run, (key) -> new Place());
	}

	/**
	 * A run begins, or continues.
	 */
	void begin(NodeRun run) {
		Place place = place(run);
		place.unreported = false;
		awaits(place, Set.of());
		this.requests.remove(run);
	}

	/**
	 * A run continues, if it has a place.
	 */
	void continues(NodeRun run) {
		Place place = this.places.get(run);
		if (place != null) {
			awaits(place, Set.of());
		}
	}

	/**
	 * A run waits for nothing but children.
	 * @param children their ids
	 * @return whether it has reported so for the first time since it has its place
	 */
	boolean waits(NodeRun run, Set<String> children) {
		Place place = this.places.get(run);
		if (place == null) {
			return false;
		}
		awaits(place, children);
		boolean isFirst = place.fresh;
		place.fresh = false;
		place.unreported = false;
		return isFirst;
	}

	/**
	 * A run gives up its place. A run that works on it keeps it; where it was lent
	 * itself, that loan goes over to the borrower.
	 */
	void end(NodeRun run) {
		this.requests.remove(run);
		Place place = this.places.remove(run);
		if (place == null) {
			return;
		}
		this.requests.removeLender(run);
		this.lent -= place.isLent() ? 1 : 0;
		Place lender = (place.lender != null) ? this.places.get(place.lender) : null;
		Place borrower = (place.borrower != null) ? this.places.get(place.borrower) : null;
		if (lender != null) {
			link(lender, (borrower != null) ? place.borrower : null);
		}
		if (borrower != null) {
			borrower.lender = (lender != null) ? place.lender : null;
		}
		Place waiter = (place.waiter != null) ? this.places.get(place.waiter) : null;
		if (waiter != null && place.id != null && waiter.awaited.contains(place.id)) {
			// It continues for certain, and no other run is to get ahead of it.
			awaits(waiter, Set.of());
		}
	}

	/**
	 * A child waits for its turn, or has begun, and a run with a place waits for it.
	 * @param lender the nearest one above the child that has a place here
	 * @param partition of the child
	 * @param link the child of the lender that is, or is above, the child
	 * @param max how many places there are
	 * @return whether the lender, which has not reported yet what it waits for, is to be
	 * asked
	 */
	boolean request(NodeRun lender, int partition, RunRow child, String link, int max) {
		Place above = this.places.get(lender);
		if (above == null) {
			return false;
		}
		NodeRun run = new NodeRun(partition, child.number());
		Place own = this.places.get(run);
		if (own == null) {
			this.requests.add(new Request(lender, run, child, link));
		}
		else {
			know(own, lender, child.id(), link);
			if (own.lender == null && above.borrower == null && taken() > max) {
				// As it was before a restart.
				own.lender = lender;
				link(above, run);
			}
		}
		boolean isUnheard = above.unreported;
		above.unreported = false;
		return isUnheard;
	}

	private static void know(Place own, NodeRun lender, String id, String link) {
		own.id = id;
		own.waiter = link.equals(id) ? lender : null;
	}

	/**
	 * Lets the next child of a partition begin for which there is a place that waits.
	 * @return null if there is none
	 */
	@Nullable RunRow lend(int partition) {
		Request next = next(partition);
		if (next == null) {
			return null;
		}
		Place place = place(next.child());
		place.lender = next.lender();
		know(place, next.lender(), next.row().id(), next.link());
		link(place(next.lender()), next.child());
		this.requests.remove(next.child());
		return next.row();
	}

	boolean mayLend(int partition) {
		return next(partition) != null;
	}

	/**
	 * The partitions of children that may begin.
	 */
	Set<Integer> lendsTo() {
		return this.requests.partitions(this::lends, this::isAwaited);
	}

	private @Nullable Request next(int partition) {
		return this.requests.first(partition, this::lends, (request) -> isAwaited(request.lender(), request));
	}

	private boolean lends(NodeRun lender) {
		Place place = this.places.get(lender);
		return place != null && place.borrower == null && !place.awaited.isEmpty();
	}

	private boolean isAwaited(NodeRun lender, Request request) {
		return place(lender).awaited.contains(request.link());
	}

	/**
	 * A partition takes no turns any more.
	 */
	void forgetRequests(int partition) {
		this.requests.removePartition(partition);
	}

	/**
	 * The runs of a partition are another node's.
	 */
	void leave(int partition) {
		forgetRequests(partition);
		List.copyOf(this.places.keySet()).stream().filter((run) -> run.partition() == partition).forEach(this::end);
	}

	/**
	 * Those that have not reported what they wait for since a restart; to be asked once.
	 */
	Collection<NodeRun> takeUnreported() {
		List<NodeRun> unreported = this.places.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().unreported)
			.map(Map.Entry::getKey)
			.toList();
		unreported.forEach((run) -> place(run).unreported = false);
		return unreported;
	}

	private void awaits(Place place, Set<String> children) {
		this.lent -= place.isLent() ? 1 : 0;
		place.awaited = children;
		this.lent += place.isLent() ? 1 : 0;
	}

	private void link(Place lender, @Nullable NodeRun borrower) {
		this.lent -= lender.isLent() ? 1 : 0;
		lender.borrower = borrower;
		this.lent += lender.isLent() ? 1 : 0;
	}

	/**
	 * The place of a run.
	 */
	private static final class Place {

		/** Ids of the children that the run waits for and for nothing else. */
		private Set<String> awaited = Set.of();

		private @Nullable NodeRun borrower;

		private @Nullable NodeRun lender;

		/** Has a place here too, and waits for the run itself. */
		private @Nullable NodeRun waiter;

		private @Nullable String id;

		private boolean fresh = true;

		private boolean unreported;

		private boolean isLent() {
			return this.borrower != null && !this.awaited.isEmpty();
		}

	}

}
