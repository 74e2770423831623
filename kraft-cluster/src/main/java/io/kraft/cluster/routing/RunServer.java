package io.kraft.cluster.routing;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.kraft.cluster.transport.Address;
import io.kraft.cluster.transport.Transport;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls of other nodes for the partitions that are hosted here. Thread-safe.
 * <p>
 * Crash before the commit of a change: the caller repeats it, and it has its effect then.
 * After it, before the answer: the caller repeats it, and gets the answer that was
 * written with the effect.
 */
public final class RunServer {

	private final PartitionAnswers answers;

	private final LeaderCache leaders;

	private final Address self;

	private final LongSupplier nanoTime;

	RunServer(PartitionAnswers answers, LeaderCache leaders, Address self, LongSupplier nanoTime) {
		this.answers = answers;
		this.leaders = leaders;
		this.self = self;
		this.nanoTime = nanoTime;
	}

	/**
	 * Answers from now on.
	 */
	void serve(Transport transport) {
		transport.serve(RunWire.TRANSPORT_METHOD, this::handle);
	}

	/**
	 * Answers a frame.
	 * @throws MalformedFrameException if it is none of this version
	 */
	byte[] handle(byte[] frame, Duration remaining) {
		return handle(RunWire.request(frame), remaining);
	}

	private <A, R> byte[] handle(RunWire.Request<A, R> request, Duration remaining) {
		Duration left = (remaining.compareTo(request.remaining()) < 0) ? remaining : request.remaining();
		Call call = Call.transported(request.id(), request.attempt(), Deadline.in(left, this.nanoTime));
		Answer<R> answer = this.answers.answer(request.method(), request.partition(), call, request.arguments())
			.orElseGet(() -> elsewhere(request.partition()));
		return RunWire.answer(request.method(), answer);
	}

	private <R> Answer<R> elsewhere(int partition) {
		@Nullable Address leader = this.leaders.leader(partition);
		return this.self.equals(leader) ? new Answer.NotReady<>("it is not, or not yet, hosted there")
				: new Answer.NotLeader<>(leader);
	}

}
