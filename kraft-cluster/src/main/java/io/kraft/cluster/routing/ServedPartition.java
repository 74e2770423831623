package io.kraft.cluster.routing;

import java.util.List;

import io.kraft.engine.hosting.HostedPartition;
import io.kraft.engine.partition.Lease;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.store.OutboxEntry;

/**
 * A partition that this node hosts, as it answers calls.
 *
 * @param runs what it is asked
 * @param channels takes what other partitions send it
 * @param lease of its ownership: without it nothing is read
 */
public record ServedPartition(RunService runs, Channels channels, Lease lease) {

	/**
	 * A hosted partition.
	 */
	public static ServedPartition of(HostedPartition hosted, Lease lease) {
		return new ServedPartition(hosted.runs(), hosted.incoming()::take, lease);
	}

	/**
	 * The receiving end of channels.
	 */
	@FunctionalInterface
	public interface Channels {

		/**
		 * Takes rows of another partition.
		 * @return sequence of the last one that was taken, durably
		 */
		long take(int source, List<OutboxEntry> rows);

	}

}
