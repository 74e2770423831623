package io.kraft.engine.run;

import io.kraft.engine.store.Message;
import io.kraft.engine.store.Timer;
import org.jspecify.annotations.Nullable;

/**
 * What a branch of a run waits for.
 *
 * @param timer that ends the wait; null if no time does
 * @param message that ends the wait; null if none does
 * @param expected as what the message's payload is read; null if it is not
 * @param subject what the wait is over with in memory, by identity; null if nothing
 * @param step whose retry it is; null outside steps
 * @param attempt of that step; 0 outside steps
 * @param description for people
 */
public record WaitCondition(@Nullable Timer timer, @Nullable MessageKey message, @Nullable ExpectedPayload expected,
		@Nullable Object subject, @Nullable String step, int attempt, String description) {

	/**
	 * A wait for a time.
	 */
	public static WaitCondition forTimer(Timer timer) {
		return new WaitCondition(timer, null, null, null, null, 0, "timer, due " + timer.dueAt());
	}

	/**
	 * A wait for the time of a step's next attempt.
	 * @param attempt the next one
	 */
	public static WaitCondition forRetry(Timer timer, String step, int attempt) {
		return new WaitCondition(timer, null, null, null, step, attempt, "retry, due " + timer.dueAt());
	}

	/**
	 * A wait for something that the run itself does, or for a message.
	 * @param subject see {@link Parking#wakeFor(Object)}
	 * @param message that may end it; null if none does
	 * @param timer ends it before; null if none does
	 */
	public static WaitCondition forSubject(Object subject, @Nullable MessageKey message, @Nullable Timer timer,
			String description) {
		return new WaitCondition(timer, message, null, subject, null, 0, description + until(timer));
	}

	/**
	 * A wait of the run's code for a message.
	 * @param subject see {@link Parking#wakeFor(Object)}
	 * @param expected as what its payload is read; null if it is not
	 * @param timer ends it before; null if none does
	 */
	public static WaitCondition forMessage(Object subject, MessageKey message, @Nullable ExpectedPayload expected,
			@Nullable Timer timer, String description) {
		return new WaitCondition(timer, message, expected, subject, null, 0, description + until(timer));
	}

	private static String until(@Nullable Timer timer) {
		return (timer != null) ? ", at most until " + timer.dueAt() : "";
	}

	/**
	 * Which messages are meant.
	 *
	 * @param name as {@link Message#name()}; null means any
	 */
	public record MessageKey(Message.Kind kind, @Nullable String name) {

		/**
		 * Whether the message is one of them.
		 */
		public boolean matches(Message message) {
			return message.kind() == this.kind && (this.name == null || message.name().equals(this.name));
		}

	}

}
