package io.kraft.engine.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.kraft.engine.partition.Partition;
import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.Change;
import org.jspecify.annotations.Nullable;

/**
 * Forgets the answers of requests that no caller repeats any more, in commits of bounded
 * size. For one thread.
 */
public final class RequestSweep {

	/** How often a caller's time-out an answer is kept. */
	private static final int TIMEOUTS_KEPT = 4;

	private static final int REQUESTS_PER_COMMIT = 500;

	private final Partition partition;

	private final Duration kept;

	/** Behind it begins the next search; null where that begins with the first. */
	private @Nullable AnsweredRequest lastForgotten;

	/**
	 * A sweep of a partition's requests.
	 * @param callTimeout after which a caller repeats a request, or gives it up
	 */
	public RequestSweep(Partition partition, Duration callTimeout) {
		this.partition = partition;
		this.kept = callTimeout.multipliedBy(TIMEOUTS_KEPT);
	}

	/**
	 * Forgets a bounded number; durable when it returns.
	 * @return whether there may be more
	 */
	public boolean sweep(Instant now) {
		Instant before = now.minus(this.kept);
		AnsweredRequest after = this.lastForgotten;
		if (after != null && before.isBefore(after.at())) {
			// The clock was set back: what was answered since may come before it.
			after = null;
		}
		List<AnsweredRequest> old = this.partition.store().answeredRequests(after, before, REQUESTS_PER_COMMIT);
		if (!old.isEmpty()) {
			this.partition.submit(old.stream().<Change>map(Change.RequestForgotten::new).toList()).await();
			this.lastForgotten = old.getLast();
		}
		return old.size() == REQUESTS_PER_COMMIT;
	}

}
