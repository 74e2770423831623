package io.kraft.cluster.routing;

import java.util.Optional;

import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.RunService;

/**
 * Something that a partition is asked, as it is written in frames.
 *
 * @param code in the frame; never used again for another method
 * @param name for messages
 * @param isChange whether it has an effect, so that a repetition must be recognized
 * @param arguments how they are written
 * @param answer how it is written
 * @param execution at the partition
 */
record RunMethod<A, R>(int code, String name, boolean isChange, Codec<A> arguments, Codec<R> answer,
		Execution<A, R> execution) {

	/**
	 * The method of a code; empty if this version knows none.
	 */
	static Optional<RunMethod<?, ?>> of(int code) {
		return RunMethods.ALL.stream()
			.<RunMethod<?, ?>>map((method) -> method)
			.filter((method) -> method.code == code)
			.findFirst();
	}

	/**
	 * Asks a partition that is hosted here.
	 */
	R execute(Served partition, Call call, A arguments) {
		return this.execution.execute(partition, call, arguments);
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What a partition does for a method.
	 */
	@FunctionalInterface
	interface Execution<A, R> {

		R execute(Served partition, Call call, A arguments);

	}

	/**
	 * The partition that executes it.
	 *
	 * @param runs what it is asked
	 * @param incoming takes what other partitions send it
	 * @param poll waits for ends of runs
	 */
	record Served(RunService runs, ServedPartition.Channels incoming, EndPoll poll) {

	}

}
