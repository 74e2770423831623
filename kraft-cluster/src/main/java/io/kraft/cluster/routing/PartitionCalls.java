package io.kraft.cluster.routing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.kraft.client.CallOutcomeUnknownException;
import io.kraft.client.EngineStoppedException;
import io.kraft.client.PartitionUnavailableException;
import io.kraft.cluster.routing.RunArguments.End;
import io.kraft.cluster.transport.Address;
import io.kraft.cluster.transport.Transport;
import io.kraft.cluster.transport.TransportException;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.Deadline;
import io.kraft.engine.routing.StartedRun;
import org.jspecify.annotations.Nullable;

/**
 * Calls the leader of a partition, wherever it is, until it answers or the time is over.
 * Thread-safe.
 * <p>
 * A change has one request id in all its attempts, those at a partition of this node
 * included, since that may be lost with the attempt under way and be found elsewhere: by
 * its id the next owner recognizes what has had its effect. So a repetition is harmless,
 * and an attempt whose outcome is unknown is repeated like one that was not made.
 */
final class PartitionCalls implements AutoCloseable {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

	private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

	/** Hints that are followed without a pause: leaders may have moved twice. */
	private static final int MOST_FOLLOWED = 2;

	/** When callers should try again that have waited as long as they may. */
	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final PartitionAnswers here;

	private final Transport transport;

	private final LeaderCache leaders;

	private final Address self;

	private final IntFunction<List<Address>> replicas;

	private final Pauses pauses;

	private final LongSupplier nanoTime;

	private final RandomGenerator random;

	private final Duration timeout;

	private final Executor threads;

	private final CompletableFuture<Boolean> closed = new CompletableFuture<>();

	/**
	 * Calls from a node.
	 * @param replicas where a partition may be
	 * @param random draws ids of requests
	 * @param timeout of each call
	 * @param threads on which polls wait
	 */
	PartitionCalls(PartitionAnswers here, Transport transport, LeaderCache leaders, Address self,
			IntFunction<List<Address>> replicas, Pauses pauses, LongSupplier nanoTime, RandomGenerator random,
			Duration timeout, Executor threads) {
		this.here = here;
		this.transport = transport;
		this.leaders = leaders;
		this.self = self;
		this.replicas = replicas;
		this.pauses = pauses;
		this.nanoTime = nanoTime;
		this.random = random;
		this.timeout = timeout;
		this.threads = threads;
	}

	/**
	 * Calls a partition; blocks.
	 * @throws PartitionUnavailableException if it has not answered in time
	 * @throws CallOutcomeUnknownException if this node stops before
	 */
	<A, R> R call(int partition, RunMethod<A, R> method, A arguments) {
		return new Attempts<>(partition, method).make(arguments);
	}

	/**
	 * Completes when a run has ended: by polls, each of which is a call. Does not block.
	 * @param run with number 0: the one that has the id at the first poll
	 */
	CompletableFuture<Completion> end(int partition, StartedRun run) {
		CompletableFuture<Completion> end = new CompletableFuture<>();
		this.threads.execute(() -> poll(partition, run, end));
		return end;
	}

	private void poll(int partition, StartedRun asked, CompletableFuture<Completion> end) {
		StartedRun run = asked;
		try {
			while (!end.isDone()) {
				EndPoll.Answer answer = call(partition, RunMethods.END, new End(run, EndPoll.LONGEST.toMillis()));
				answer.completion().ifPresent(end::complete);
				run = answer.run();
			}
		}
		catch (PartitionUnavailableException ex) {
			// The run continues, and so does the wait for it.
			StartedRun known = run;
			this.threads.execute(() -> poll(partition, known, end));
		}
		catch (Throwable ex) {
			end.completeExceptionally(ex);
		}
	}

	/**
	 * Returns while calls are made.
	 * @throws EngineStoppedException if this node stops
	 */
	void checkOpen() {
		if (this.closed.isDone()) {
			throw new EngineStoppedException("this node of the cluster stops. See docs/reference/errors.md#kraft-3007");
		}
	}

	/**
	 * Makes no further attempt; calls that wait for their next one fail.
	 */
	@Override
	public void close() {
		this.closed.complete(true);
	}

	private String drawId() {
		return new UUID(this.random.nextLong(), this.random.nextLong()).toString();
	}

	/**
	 * The attempts of one call, used by its thread.
	 */
	private final class Attempts<A, R> {

		private final int partition;

		private final RunMethod<A, R> method;

		private final String id = drawId();

		private final Deadline deadline = Deadline.in(PartitionCalls.this.timeout, PartitionCalls.this.nanoTime);

		private int attempt;

		private boolean mayHaveHappened;

		private String lastAnswer = "there was no time for an attempt";

		private Duration pause = FIRST_PAUSE;

		private int turn;

		/** Hints since the last pause. */
		private int followed;

		/** Where the last answer has pointed to; null if nowhere. */
		private @Nullable Address hint;

		Attempts(int partition, RunMethod<A, R> method) {
			this.partition = partition;
			this.method = method;
		}

		R make(A arguments) {
			while (true) {
				checkGoesOn();
				this.attempt++;
				switch (ask(arguments)) {
					case Answer.Value<R>(R value) -> {
						return value;
					}
					case Answer.Failed<R>(RuntimeException failure) -> {
						// "Nothing was started" is not known of an earlier attempt.
						if (!this.mayHaveHappened || !PartitionAnswers.isOverload(failure)) {
							throw failure;
						}
						this.lastAnswer = String.valueOf(failure.getMessage());
					}
					case Answer.NotLeader<R> elsewhere -> follow(elsewhere.hint());
					case Answer.NotReady<R>(String why) -> this.lastAnswer = why;
					case Answer.Unknown<R>(String why) -> {
						this.mayHaveHappened |= this.method.isChange();
						this.lastAnswer = why;
					}
				}
				if (this.hint == null) {
					pause();
				}
			}
		}

		/** A hint is followed without a pause, but not in circles. */
		private void follow(@Nullable Address leader) {
			this.lastAnswer = "it is not there";
			if (leader != null && !leader.equals(PartitionCalls.this.self)) {
				leaders().learn(this.partition, leader);
				this.hint = (this.followed++ < MOST_FOLLOWED) ? leader : null;
			}
		}

		private Answer<R> ask(A arguments) {
			Call call = Call.transported(this.id, this.attempt, this.deadline);
			Optional<Answer<R>> local = PartitionCalls.this.here.answer(this.method, this.partition, call, arguments);
			if (local.isPresent()) {
				return local.get();
			}
			Address to = next();
			if (to == null) {
				return new Answer.NotReady<>("no node is known that has it");
			}
			return ask(to, arguments);
		}

		private @Nullable Address next() {
			Address known = (this.hint != null) ? this.hint : leaders().leader(this.partition);
			this.hint = null;
			if (known != null && !known.equals(PartitionCalls.this.self)) {
				return known;
			}
			List<Address> others = PartitionCalls.this.replicas.apply(this.partition)
				.stream()
				.filter((replica) -> !replica.equals(PartitionCalls.this.self))
				.toList();
			return others.isEmpty() ? null : others.get(this.turn++ % others.size());
		}

		private Answer<R> ask(Address to, A arguments) {
			Duration remaining = this.deadline.remaining();
			byte[] frame = RunWire.request(this.method, this.partition, this.id, this.attempt, remaining, arguments);
			try {
				byte[] bytes = PartitionCalls.this.transport.call(to, RunWire.TRANSPORT_METHOD, frame, remaining);
				Answer<R> answer = RunWire.answer(this.method, bytes);
				switch (answer) {
					case Answer.Value<R> value -> leaders().learn(this.partition, to);
					case Answer.Failed<R> failed -> leaders().learn(this.partition, to);
					case Answer.NotLeader<R> elsewhere -> leaders().forget(this.partition, to);
					// Perhaps in a moment. If another one has it meanwhile, that is to be
					// found.
					case Answer.NotReady<R> soon -> leaders().forget(this.partition, to);
					case Answer.Unknown<R> lost -> leaders().forget(this.partition, to);
				}
				return answer;
			}
			catch (TransportException ex) {
				leaders().forget(this.partition, to);
				String why = String.valueOf(ex.getMessage());
				return switch (ex.outcome()) {
					case NOT_CALLED, REFUSED -> new Answer.NotReady<>(why);
					case UNKNOWN -> new Answer.Unknown<>(why);
				};
			}
			catch (MalformedFrameException ex) {
				leaders().forget(this.partition, to);
				return new Answer.Unknown<>(String.valueOf(ex.getMessage()));
			}
		}

		private LeaderCache leaders() {
			return PartitionCalls.this.leaders;
		}

		private void pause() {
			this.followed = 0;
			Duration left = this.deadline.remaining();
			Duration time = (left.compareTo(this.pause) < 0) ? left : this.pause;
			try {
				PartitionCalls.this.pauses.pause(time, PartitionCalls.this.closed);
			}
			catch (CancellationException ex) {
				throw this.mayHaveHappened ? unknown("The thread that waits was interrupted", ex) : ex;
			}
			Duration doubled = this.pause.multipliedBy(2);
			this.pause = (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
		}

		private void checkGoesOn() {
			if (PartitionCalls.this.closed.isDone()) {
				if (this.mayHaveHappened) {
					throw unknown("This node stops", null);
				}
				checkOpen();
			}
			if (this.deadline.isOver()) {
				throw new PartitionUnavailableException(
						"partition " + this.partition + " has not answered '" + this.method.name() + "' within "
								+ PartitionCalls.this.timeout + ", in " + this.attempt + " attempts. "
								+ (this.mayHaveHappened ? "It may have happened" : "Nothing has happened")
								+ ". The last answer: " + this.lastAnswer + ". See docs/reference/errors.md#kraft-5001",
						null, this.partition, this.mayHaveHappened, RETRY_AFTER);
			}
		}

		private CallOutcomeUnknownException unknown(String why, @Nullable Throwable cause) {
			return new CallOutcomeUnknownException(why + " while '" + this.method.name() + "' at partition "
					+ this.partition + " has no answer: it may have happened. See docs/reference/errors.md#kraft-5002",
					cause);
		}

	}

}
