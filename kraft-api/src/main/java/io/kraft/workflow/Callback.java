package io.kraft.workflow;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Something that is completed from outside, once: by a webhook, or by a person. It
 * belongs to the run that opened it.
 *
 * @param <T> type of the value
 * @since 0.1.0
 */
public interface Callback<T extends @Nullable Object> {

	/**
	 * To be passed to the code or person that completes the callback: anyone who has it
	 * can. It may be used as part of a URL.
	 */
	String token();

	/**
	 * Waits until the callback is completed, across restarts.
	 * @return the value; null only for {@code Void}
	 * @throws StepFailedException if it was failed
	 */
	T await();

	/**
	 * As {@link #await()}, at most for the given time.
	 * @return empty if the time was over first, or if the callback is of {@code Void}
	 */
	Optional<T> await(Duration timeout);

}
