package io.kraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.kraft.engine.store.StatusCounts;
import io.kraft.workflow.KraftException;

/**
 * How one of the partitions of an engine is: a snapshot. Immutable.
 *
 * @param number of the partition, from 0 on
 * @param cause why it takes no work any more, while others may; empty while it does
 * @param epoch of its ownership
 * @param runs by their status
 * @param queuedCommits commits that wait to be written
 * @param commitLag for how long the disk has been writing the present batch of commits;
 * zero if none is written
 * @param outbox what waits for other partitions; those for which nothing waits are left
 * out
 */
public record PartitionHealth(int number, Optional<KraftException> cause, long epoch, StatusCounts runs,
		int queuedCommits, Duration commitLag, List<Outbox> outbox) {

	public PartitionHealth {
		outbox = List.copyOf(outbox);
	}

	/**
	 * How many rows wait for other partitions.
	 */
	public long waitingRows() {
		return this.outbox.stream().mapToLong(Outbox::waiting).sum();
	}

	/**
	 * For how long the oldest row waits for another partition; zero if none does.
	 */
	public Duration oldestRowAge() {
		return this.outbox.stream().map(Outbox::age).max(Duration::compareTo).orElse(Duration.ZERO);
	}

	/**
	 * How many channels to other partitions stand still until an operator acts.
	 */
	public long stoppedChannels() {
		return this.outbox.stream().filter((outbox) -> outbox.alarm().isPresent()).count();
	}

	/**
	 * What waits for one other partition.
	 *
	 * @param target its number
	 * @param waiting rows that wait to be taken
	 * @param age for how long the first of them waits
	 * @param alarm why the channel stands still, if that needs an operator; empty if it
	 * moves, or the target is not reached
	 */
	public record Outbox(int target, long waiting, Duration age, Optional<KraftException> alarm) {
	}

}
