package io.kraft.engine.routing;

import java.util.Objects;

import io.kraft.client.OverloadedException;
import org.jspecify.annotations.Nullable;

/**
 * What goes with each request to a partition. A request of the own process is made once,
 * and its caller knows how it ended. One that came from another process may be repeated
 * by its caller, who has no answer: it has an id, which is the same in each attempt, and
 * a deadline.
 *
 * @param requestId null in the own process
 * @param attempt from 1
 * @param deadline after which its caller has given it up
 */
public record Call(@Nullable String requestId, int attempt, Deadline deadline) {

	/** Of the own process. */
	public static final Call OWN = new Call(null, 1, Deadline.NEVER);

	/**
	 * Of another process.
	 * @param requestId no other request to any partition ever has it
	 */
	public static Call transported(String requestId, int attempt, Deadline deadline) {
		return new Call(Objects.requireNonNull(requestId), attempt, deadline);
	}

	/**
	 * Whether it came from another process, and may come again.
	 */
	public boolean isTransported() {
		return this.requestId != null;
	}

	/**
	 * The id of a request that {@linkplain #isTransported has come} from another process.
	 */
	public String id() {
		return Objects.requireNonNull(this.requestId, "a call of the own process has no request id");
	}

	/**
	 * Returns if its caller still waits.
	 * @throws OverloadedException if not: nothing is to begin for it any more
	 */
	public void checkInTime() {
		if (this.deadline.isOver()) {
			throw new OverloadedException("the deadline of request '" + this.requestId + "', attempt " + this.attempt
					+ ", was over before it had an effect. Nothing was done by this attempt: try again later. "
					+ "See docs/reference/errors.md#kraft-3005");
		}
	}

}
