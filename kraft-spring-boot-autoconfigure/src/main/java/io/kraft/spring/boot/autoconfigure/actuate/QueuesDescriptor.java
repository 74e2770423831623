package io.kraft.spring.boot.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kraft.client.QueueDescription;
import io.kraft.workflow.WorkQueue;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The queues of the application.
 *
 * @param queues in the order of their names
 */
public record QueuesDescriptor(List<Queue> queues) implements OperationResponseBody {

	/**
	 * A queue, with the components of {@link QueueDescription} and its limits; a limit
	 * that it has not is null.
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Queue(String name, boolean paused, long scheduled, long pending, long active, long dead,
			@Nullable Integer concurrency, @Nullable Integer concurrencyPerNode, @Nullable RateLimit rateLimit,
			@Nullable Retry retry, @Nullable Duration retention) implements OperationResponseBody {

		static Queue of(QueueDescription description) {
			WorkQueue queue = description.queue();
			return new Queue(queue.name(), description.paused(), description.scheduled(), description.pending(),
					description.active(), description.dead(), queue.concurrency(), queue.concurrencyPerNode(),
					RateLimit.of(queue.rate()), Retry.of(queue.retry()), queue.retention());
		}

	}

	/**
	 * A limit of attempts that begin within any period.
	 */
	public record RateLimit(int max, Duration period) {

		static @Nullable RateLimit of(WorkQueue.@Nullable Rate rate) {
			return (rate != null) ? new RateLimit(rate.max(), rate.period()) : null;
		}

	}

	/**
	 * How often an item is attempted, and how long it waits between; what is null is
	 * taken from the step.
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Retry(@Nullable Integer maxAttempts, @Nullable Duration initialDelay, @Nullable Duration maxDelay) {

		static @Nullable Retry of(WorkQueue.@Nullable Retries retries) {
			return (retries != null) ? new Retry(retries.maxAttempts(), retries.initialDelay(), retries.maxDelay())
					: null;
		}

	}

}
