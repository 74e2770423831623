package io.kraft.cluster.routing;

import java.util.Optional;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.OverloadedException;
import io.kraft.cluster.routing.RunMethod.Served;
import io.kraft.engine.routing.Call;
import io.kraft.engine.store.RepeatedRequestException;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.supervision.EngineThreadException;

/**
 * Answers for the partitions that this node hosts, callers of this node included.
 * Thread-safe.
 *
 * @param poll waits for ends of runs
 */
record PartitionAnswers(ServedPartitions partitions, EndPoll poll) {

	/**
	 * Asks a partition; empty if it is not here.
	 * <p>
	 * Nothing is asked without the lease. What is read after that check is no older than
	 * the check, at which this node was the owner. What changes something needs a commit,
	 * which another owner would refuse.
	 */
	<A, R> Optional<Answer<R>> answer(RunMethod<A, R> method, int partition, Call call, A arguments) {
		return this.partitions.find(partition).map((served) -> {
			if (!served.lease().isHeld()) {
				return new Answer.NotReady<>("its lease is not held there now");
			}
			return execute(method, new Served(served.runs(), served.channels(), this.poll), call, arguments);
		});
	}

	private static <A, R> Answer<R> execute(RunMethod<A, R> method, Served served, Call call, A arguments) {
		try {
			return new Answer.Value<>(method.execute(served, call, arguments));
		}
		catch (EngineStoppedException | StorageException | RepeatedRequestException | EngineThreadException ex) {
			// It is released or has failed: what it was doing is durable, or not.
			return new Answer.Unknown<>(String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			return new Answer.Failed<>(ex);
		}
	}

	/**
	 * Whether the partition would have taken it at another time.
	 */
	static boolean isOverload(RuntimeException failure) {
		return failure instanceof OverloadedException;
	}

}
