package io.kraft.cluster.routing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.cluster.transport.Address;
import org.jspecify.annotations.Nullable;

/**
 * Where the leaders of partitions were when this node last learned of them: from answers,
 * and from what members spread. A hint only: who is the leader decides by itself whether
 * it answers. Thread-safe.
 */
public final class LeaderCache {

	private final Map<Integer, Known> leaders = new ConcurrentHashMap<>();

	/**
	 * The last known leader of a partition; null if none is.
	 */
	public @Nullable Address leader(int partition) {
		Known known = this.leaders.get(partition);
		return (known != null) ? known.address : null;
	}

	/**
	 * A node answers for a partition, or was named by another one.
	 */
	public void learn(int partition, Address leader) {
		this.leaders.compute(partition, (number, known) -> new Known(leader, (known != null) ? known.term : 0));
	}

	/**
	 * Members spread that a node leads a partition.
	 * @param term of its leadership; one of an earlier term than what was spread before
	 * is ignored
	 */
	public void learn(int partition, Address leader, long term) {
		this.leaders.compute(partition,
				(number, known) -> (known != null && known.term >= term) ? known : new Known(leader, term));
	}

	/**
	 * A node does not lead a partition, or does not answer.
	 */
	public void forget(int partition, Address leader) {
		this.leaders.computeIfPresent(partition,
				(number, known) -> leader.equals(known.address) ? new Known(null, known.term) : known);
	}

	private record Known(@Nullable Address address, long term) {

	}

}
