package io.kraft.engine.state;

import java.time.Instant;

import io.kraft.client.RunOperation;
import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/**
 * Where a run is in its lifecycle, with what belongs to that state and nothing else: a
 * paused run has a reason, an ended one has the time of its end, and neither can be
 * written for any other. {@link Transition} defines which state may follow which.
 * Immutable; instants in whole milliseconds.
 */
public sealed interface RunState {

	/**
	 * The status that clients see.
	 */
	WorkflowStatus status();

	/**
	 * Whether the run has ended.
	 */
	default boolean isTerminal() {
		return status().isTerminal();
	}

	/**
	 * The run starts at a later time.
	 *
	 * @param startsAt that time
	 */
	record Scheduled(Instant startsAt) implements RunState {

		@Override
		public WorkflowStatus status() {
			return WorkflowStatus.SCHEDULED;
		}

	}

	/**
	 * The run is to execute when it is its turn.
	 */
	record Pending() implements RunState {

		@Override
		public WorkflowStatus status() {
			return WorkflowStatus.PENDING;
		}

	}

	/**
	 * The run executes.
	 */
	record Running() implements RunState {

		@Override
		public WorkflowStatus status() {
			return WorkflowStatus.RUNNING;
		}

	}

	/**
	 * The run waits for a timer, a message or another run, in memory or not.
	 *
	 * @param currentStep the step whose retry it waits for; null if it waits for
	 * something else
	 * @param attempt of that step; else 0
	 * @param waitingFor what it waits for, for display
	 */
	record Suspended(@Nullable String currentStep, int attempt, String waitingFor) implements RunState {

		@Override
		public WorkflowStatus status() {
			return WorkflowStatus.SUSPENDED;
		}

	}

	/**
	 * The run does not continue until it is resumed, or, unless a user has paused it, the
	 * engine starts again.
	 *
	 * @param reason human-readable
	 * @param byUser whether it continues only when a user resumes it
	 */
	record Paused(String reason, boolean byUser) implements RunState {

		@Override
		public WorkflowStatus status() {
			return WorkflowStatus.PAUSED;
		}

	}

	/**
	 * The run has ended.
	 *
	 * @param status a terminal one
	 * @param failure type and message of the exception that ended it; null if none did
	 * @param finishedAt when it ended
	 * @param expiresAt when it may be removed; null if it is kept
	 */
	record Ended(WorkflowStatus status, @Nullable String failure, Instant finishedAt,
			@Nullable Instant expiresAt) implements RunState {

		public Ended {
			if (!status.isTerminal()) {
				throw new IllegalArgumentException("A run does not end as " + status);
			}
		}

		/**
		 * Whether the run may be retried: its code or the outside world failed, and no
		 * operator ended it.
		 */
		public boolean isRetryable() {
			return RunOperation.RETRY.isAllowedIn(this.status);
		}

	}

}
