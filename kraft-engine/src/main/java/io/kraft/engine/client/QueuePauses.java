package io.kraft.engine.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.OverloadedException;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Routing;
import io.kraft.engine.routing.RunService;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkQueue;

/**
 * Pauses and resumes queues in all partitions; durable in all of them when a method
 * returns. Thread-safe.
 * <p>
 * A pause holds from its first commit on, since a partition learns of those of the others
 * when it is opened; a resume holds from its last one on. So where a partition is
 * missing, or the process dies in between, the queue is paused, and the call is to be
 * repeated. Calls wait for each other: else each of two could be the last one in some of
 * the partitions.
 */
final class QueuePauses {

	private final Routing routing;

	private final ReentrantLock lock = new ReentrantLock();

	QueuePauses(Routing routing) {
		this.routing = routing;
	}

	/**
	 * Pauses a queue.
	 * @throws KraftException that names the partitions in which that is not durable
	 */
	void pause(String name) {
		String queue = WorkQueue.named(name).name();
		this.lock.lock();
		try {
			inEach(queue, "paused", (partition) -> partition.pauseQueue(Call.OWN, queue));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets a queue continue.
	 * @throws KraftException that names the partitions in which that is not durable: the
	 * queue remains paused in all of them then
	 */
	void resume(String name) {
		String queue = WorkQueue.named(name).name();
		this.lock.lock();
		try {
			inEach(queue, "resumed", (partition) -> partition.recordQueueResumed(Call.OWN, queue));
			this.routing.all().forEach((partition) -> partition.resumeQueue(Call.OWN, queue));
		}
		finally {
			this.lock.unlock();
		}
	}

	private void inEach(String queue, String done, Consumer<RunService> action) {
		List<Integer> missing = new ArrayList<>();
		List<KraftException> causes = new ArrayList<>();
		for (int number = 0; number < this.routing.count(); number++) {
			try {
				action.accept(this.routing.at(number));
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
		if (this.routing.count() == 1) {
			return first;
		}
		String message = "queue '" + queue + "' was not " + done + " in all partitions: that is not recorded in "
				+ missing + " of " + this.routing.count()
				+ ", so it is paused. Repeat the call when they are available. The first of them: "
				+ first.getMessage();
		boolean isOverload = causes.stream().allMatch(OverloadedException.class::isInstance);
		return isOverload ? new OverloadedException(message, first) : new EngineStoppedException(message, first);
	}

}
