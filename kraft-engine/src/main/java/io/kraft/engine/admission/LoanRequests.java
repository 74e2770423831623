package io.kraft.engine.admission;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * Children that wait for their turn, by the run whose place they may begin on, and by
 * their partition: no more than are waited for. Not thread-safe: guarded by its
 * {@link ConcurrencyLimit}.
 */
final class LoanRequests {

	private final Map<NodeRun, Request> byChild = new HashMap<>();

	private final Map<NodeRun, Map<Integer, NavigableSet<Request>>> byLender = new HashMap<>();

	void add(Request request) {
		remove(request.child());
		this.byChild.put(request.child(), request);
		this.byLender.computeIfAbsent(request.lender(), (run) -> new HashMap<>())
			.computeIfAbsent(request.child().partition(), (partition) -> new TreeSet<>(Request.ORDER))
			.add(request);
	}

	void remove(NodeRun child) {
		Request request = this.byChild.remove(child);
		if (request == null) {
			return;
		}
		this.byLender.computeIfPresent(request.lender(), (run, byPartition) -> {
			byPartition.computeIfPresent(child.partition(), (partition, requests) -> {
				requests.remove(request);
				return requests.isEmpty() ? null : requests;
			});
			return byPartition.isEmpty() ? null : byPartition;
		});
	}

	void removeLender(NodeRun lender) {
		Map<Integer, NavigableSet<Request>> byPartition = this.byLender.remove(lender);
		if (byPartition != null) {
			byPartition.values()
				.forEach((requests) -> requests.forEach((request) -> this.byChild.remove(request.child())));
		}
	}

	/**
	 * Removes those of a partition's children.
	 */
	void removePartition(int partition) {
		List.copyOf(this.byChild.keySet())
			.stream()
			.filter((child) -> child.partition() == partition)
			.forEach(this::remove);
	}

	/**
	 * The first of a partition, in the order of turns.
	 * @param lends whether a run may lend its place
	 * @param condition of the request
	 * @return null if there is none
	 */
	@Nullable Request first(int partition, Predicate<NodeRun> lends, Predicate<Request> condition) {
		return this.byLender.entrySet()
			.stream()
			.filter((entry) -> lends.test(entry.getKey()))
			.map((entry) -> entry.getValue().get(partition))
			.filter(Objects::nonNull)
			.flatMap((requests) -> requests.stream().filter(condition).limit(1))
			.min(Request.ORDER)
			.orElse(null);
	}

	/**
	 * The partitions of those that meet a condition.
	 * @param lends whether a run may lend its place
	 * @param condition of the lender's request
	 */
	Set<Integer> partitions(Predicate<NodeRun> lends, BiPredicate<NodeRun, Request> condition) {
		Set<Integer> partitions = new HashSet<>();
		this.byLender.forEach((lender, byPartition) -> {
			if (lends.test(lender)) {
				byPartition.forEach((partition, requests) -> {
					if (requests.stream().anyMatch((request) -> condition.test(lender, request))) {
						partitions.add(partition);
					}
				});
			}
		});
		return partitions;
	}

	/**
	 * A child that may begin on the place of another run.
	 *
	 * @param row of the child
	 * @param link id of the lender's own child that is, or is above, this one
	 */
	record Request(NodeRun lender, NodeRun child, RunRow row, String link) {

		private static final Comparator<Request> ORDER = Comparator.comparing(Request::row, PendingQueue.ORDER)
			.thenComparingInt((request) -> request.child().partition());

	}

}
