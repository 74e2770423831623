package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.kraft.engine.PartitionHealth.Outbox;
import io.kraft.engine.hosting.HostedPartition;
import io.kraft.engine.hosting.PartitionHost;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.store.ChannelMark;
import io.kraft.engine.store.Channels;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.Store;
import io.kraft.workflow.KraftException;

/**
 * Looks at the partitions that a node hosts.
 */
final class PartitionsHealth {

	private PartitionsHealth() {
	}

	/**
	 * Why those take no work that have failed. Reads no store.
	 */
	static Map<Integer, KraftException> failures(PartitionHost host) {
		Map<Integer, KraftException> failures = new TreeMap<>();
		for (HostedPartition hosted : host.all()) {
			KraftException cause = hosted.supervision().cause();
			if (cause != null) {
				failures.put(hosted.number(), cause);
			}
		}
		return failures;
	}

	/**
	 * All, in the order of their numbers. Reads a row for each channel in which something
	 * waits.
	 */
	static List<PartitionHealth> of(PartitionHost host) {
		return host.all().stream().map(PartitionsHealth::of).toList();
	}

	/**
	 * One of them; empty if it is not there.
	 */
	static Optional<PartitionHealth> of(PartitionHost host, int number) {
		return host.all().stream().filter((hosted) -> hosted.number() == number).findFirst().map(PartitionsHealth::of);
	}

	private static PartitionHealth of(HostedPartition hosted) {
		Partition partition = hosted.partition();
		StatusCounts runs = StatusCounts.NONE;
		List<Outbox> outbox = List.of();
		try {
			Store store = partition.store();
			runs = store.counts().values().stream().reduce(StatusCounts.NONE, StatusCounts::plus);
			outbox = outbox(hosted, store.channels());
		}
		catch (KraftException ex) {
			// Of a store that has failed or is closed no more is known.
		}
		return new PartitionHealth(hosted.number(), Optional.ofNullable(hosted.supervision().cause()),
				partition.epoch(), runs, partition.queuedCommits(), partition.commitLag(), outbox);
	}

	private static List<Outbox> outbox(HostedPartition hosted, Channels channels) {
		List<Outbox> outbox = new ArrayList<>();
		new TreeMap<>(channels.sent()).forEach((target, mark) -> {
			List<OutboxEntry> first = first(channels, target, mark);
			if (!first.isEmpty()) {
				outbox.add(new Outbox(target, mark.waiting(), age(hosted, first.getFirst()),
						Optional.ofNullable(hosted.alarm(target))));
			}
		});
		return outbox;
	}

	private static Duration age(HostedPartition hosted, OutboxEntry entry) {
		Duration age = Duration.between(entry.row().at(), hosted.execution().now());
		return age.isNegative() ? Duration.ZERO : age;
	}

	private static List<OutboxEntry> first(Channels channels, int target, ChannelMark mark) {
		return (mark.waiting() > 0) ? channels.rows(target, mark.removed(), 1, 1) : List.of();
	}

}
