package io.kraft.client;

import java.time.Duration;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * No node of the cluster has answered for a partition in time: it has no leader, or its
 * leader cannot be reached from here. Other partitions are not affected.
 *
 * @since 0.1.0
 */
public final class PartitionUnavailableException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-5001";

	private static final long serialVersionUID = 1L;

	public PartitionUnavailableException(String message) {
		this(message, null);
	}

	public PartitionUnavailableException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

	/**
	 * With the values in the message.
	 * @param partition its number
	 * @param mayHaveHappened whether one of the attempts may have had its effect
	 * @param retryAfter when it is worthwhile to try again
	 */
	public PartitionUnavailableException(String message, @Nullable Throwable cause, int partition,
			boolean mayHaveHappened, Duration retryAfter) {
		super(CODE, message, cause);
		keep("partition", partition);
		keep("mayHaveHappened", mayHaveHappened);
		keep("retryAfter", retryAfter);
	}

	/**
	 * Number of the partition; null if it is not known.
	 */
	public @Nullable Integer partition() {
		return field("partition", Integer::valueOf);
	}

	/**
	 * Whether the call may have had its effect, or may still have it: true unless it is
	 * certain that it has none.
	 */
	public boolean mayHaveHappened() {
		return !Boolean.FALSE.equals(field("mayHaveHappened", Boolean::valueOf));
	}

	/**
	 * When it is worthwhile to try again; null if it is not known.
	 */
	public @Nullable Duration retryAfter() {
		return field("retryAfter", Duration::parse);
	}

}
