package io.kraft.workflow;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What a step can learn about itself while a run executes its body.
 *
 * @since 0.1.0
 */
public interface StepContext {

	/**
	 * The context of the step that the calling thread executes.
	 * @throws NotInWorkflowException if the calling thread executes no step of a run
	 */
	static StepContext current() {
		return ContextBinding.step();
	}

	/**
	 * Id of the run that the step belongs to.
	 */
	String workflowId();

	/**
	 * Name of the step, as recorded in the journal.
	 */
	String stepName();

	/**
	 * 1 plus the failed attempts that were recorded; one that a crash or a shutdown cut
	 * off is not counted.
	 */
	int attempt();

	/**
	 * A key that is the same for every attempt of this step and after every crash, and
	 * different for any other step of any run: pass it to the service that the step
	 * calls, so that a repeated effect is recognised.
	 */
	String idempotencyKey();

	/**
	 * Reports the progress of the step, for an attempt that follows: after a failure, a
	 * time-out or a crash. It is durable soon after, and this call does not wait for
	 * that; of several the latest wins. It may be called as often as it seems useful,
	 * also by other threads that the body has given this context to; when the attempt has
	 * ended, it has no effect. It does not extend the step's time-out.
	 * @param progress written by its class; null takes back what was reported before
	 * @throws PayloadSerializationException if it cannot be written
	 * @throws PayloadTooLargeException if it is larger than the limit when written
	 */
	void heartbeat(@Nullable Object progress);

	/**
	 * What was last reported by {@link #heartbeat}: by this attempt, or else by the ones
	 * before it.
	 * @param type what it is read as
	 * @return empty if nothing was reported that is durable
	 * @throws PayloadSerializationException if it cannot be read as this type
	 */
	<T> Optional<T> lastHeartbeat(Class<T> type);

	/**
	 * As {@link #lastHeartbeat(Class)}.
	 */
	<T> Optional<T> lastHeartbeat(TypeRef<T> type);

}
