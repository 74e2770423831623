package io.kraft.cluster.routing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.StartedRun;

/**
 * Waits for the end of a run, but not longer than a poll. Thread-safe.
 *
 * @param pauses by which its time is measured
 */
record EndPoll(Pauses pauses) {

	/** Longest wait of one poll. */
	static final Duration LONGEST = Duration.ofSeconds(20);

	/**
	 * Which run it is, and how it has ended; without that if the time is over before.
	 */
	Answer await(RunService runs, Call call, StartedRun asked, Duration patience) {
		StartedRun run = (asked.number() > 0) ? asked : runs.run(call, asked.id()).run();
		CompletableFuture<Completion> end = runs.end(call, run);
		try {
			// The answer is to arrive before its caller has given up.
			Duration left = call.deadline().remaining().multipliedBy(3).dividedBy(4);
			CompletableFuture<Optional<Completion>> answer = this.pauses.orAfter(min(patience, min(left, LONGEST)),
					end);
			return new Answer(run, answer.get());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EngineStoppedException("the node stops. See docs/reference/errors.md#kraft-3007", ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
		finally {
			end.cancel(false);
		}
	}

	private static Duration min(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	/**
	 * What a poll has found.
	 *
	 * @param run which one it is about, whether it has ended or not
	 * @param completion empty while it has not ended
	 */
	record Answer(StartedRun run, Optional<Completion> completion) {

		static final Codec<Answer> CODEC = new Codec<>((out, value) -> {
			RunCodecs.STARTED.write(out, value.run);
			Codec.optional(RunCodecs.COMPLETION).write(out, value.completion);
		}, (in) -> new Answer(RunCodecs.STARTED.read(in), Codec.optional(RunCodecs.COMPLETION).read(in)));

	}

}
