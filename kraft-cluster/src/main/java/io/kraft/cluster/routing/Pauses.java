package io.kraft.cluster.routing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.kraft.engine.supervision.Futures;
import io.kraft.engine.timer.Scheduler;

/**
 * Waits by the scheduler of the engine. Thread-safe.
 *
 * @param clock of that scheduler
 */
record Pauses(Scheduler scheduler, InstantSource clock) {

	/**
	 * Blocks for a time.
	 * @param ended ends it early when it is complete
	 */
	void pause(Duration time, CompletableFuture<?> ended) {
		CompletableFuture<Object> over = new CompletableFuture<>();
		Scheduler.Scheduled task = this.scheduler.schedule(this.clock.instant().plus(time), () -> over.complete(time));
		var unused = ended.whenComplete((value, failure) -> over.complete(time));
		try {
			Futures.join(over);
		}
		finally {
			task.cancel();
		}
	}

	/**
	 * What a future becomes; empty if it is not complete after a time. The future is not
	 * cancelled then.
	 */
	<T> CompletableFuture<Optional<T>> orAfter(Duration time, CompletableFuture<T> future) {
		CompletableFuture<Optional<T>> answer = new CompletableFuture<>();
		Scheduler.Scheduled task = this.scheduler.schedule(this.clock.instant().plus(time),
				() -> answer.complete(Optional.empty()));
		var unused = future.whenComplete((value, failure) -> {
			task.cancel();
			if (failure != null) {
				answer.completeExceptionally(failure);
			}
			else {
				answer.complete(Optional.of(value));
			}
		});
		return answer;
	}

}
