package io.kraft.engine.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.OverloadedException;
import io.kraft.engine.control.Queues;
import io.kraft.engine.hosting.Partitions;
import io.kraft.engine.run.RunClaims;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkQueue;

/**
 * Pauses and resumes queues in all partitions; durable in all of them when a method
 * returns. Thread-safe.
 * <p>
 * A pause holds from its first commit on, since a partition learns of those of the others
 * when it is opened; a resume holds from its last one on. So where a partition is
 * missing, or the process dies in between, the queue is paused, and the call is to be
 * repeated. Two calls for the same queue wait for each other: else each could be the last
 * one in some of the partitions.
 */
final class QueuePauses {

	private final Partitions partitions;

	private final RunClaims claims = new RunClaims();

	QueuePauses(Partitions partitions) {
		this.partitions = partitions;
	}

	/**
	 * Pauses a queue.
	 * @throws KraftException that names the partitions in which that is not durable
	 */
	void pause(String name) {
		String queue = WorkQueue.named(name).name();
		inEach(queue, "paused", (queues) -> queues.pause(queue));
	}

	/**
	 * Lets a queue continue.
	 * @throws KraftException that names the partitions in which that is not durable: the
	 * queue remains paused in all of them then
	 */
	void resume(String name) {
		String queue = WorkQueue.named(name).name();
		this.claims.whileClaimed(queue, () -> {
			inEachClaimed(queue, "resumed", (queues) -> queues.recordResumed(queue));
			this.partitions.all().forEach((partition) -> partition.execution().queues().resume(queue));
			return queue;
		});
	}

	private void inEach(String queue, String done, Consumer<Queues> action) {
		this.claims.whileClaimed(queue, () -> {
			inEachClaimed(queue, done, action);
			return queue;
		});
	}

	private void inEachClaimed(String queue, String done, Consumer<Queues> action) {
		List<Integer> missing = new ArrayList<>();
		List<KraftException> causes = new ArrayList<>();
		for (int number = 0; number < this.partitions.map().partitions(); number++) {
			try {
				action.accept(this.partitions.at(number).execution().queues());
			}
			catch (KraftException ex) {
				missing.add(number);
				causes.add(ex);
			}
		}
		if (!causes.isEmpty()) {
			throw failure(queue, done, missing, causes);
		}
	}

	private KraftException failure(String queue, String done, List<Integer> missing, List<KraftException> causes) {
		KraftException first = causes.getFirst();
		if (this.partitions.map().isSole()) {
			return first;
		}
		String message = "queue '" + queue + "' was not " + done + " in all partitions: that is not recorded in "
				+ missing + " of " + this.partitions.map().partitions()
				+ ", so it is paused. Repeat the call when they " + "are available. The first of them: "
				+ first.getMessage();
		boolean isOverload = causes.stream().allMatch(OverloadedException.class::isInstance);
		return isOverload ? new OverloadedException(message, first) : new EngineStoppedException(message, first);
	}

}
