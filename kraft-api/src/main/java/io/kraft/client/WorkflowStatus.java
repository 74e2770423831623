package io.kraft.client;

/**
 * Where a run is in its lifecycle. A terminal status never changes, except by a retry.
 *
 * @since 0.1.0
 */
public enum WorkflowStatus {

	/** Starts at a later time. */
	SCHEDULED(false),

	/** Durable, and waiting for its turn to execute. */
	PENDING(false),

	/** Executes. */
	RUNNING(false),

	/** Waits for a timer or the like, in memory or not. */
	SUSPENDED(false),

	/** Paused with a reason; it can be resumed. */
	PAUSED(false),

	/** Ended with a result. */
	COMPLETED(true),

	/** Ended with an exception. */
	FAILED(true),

	/** Ended by cancellation. */
	CANCELLED(true),

	/** Ended because its time was over. */
	TIMED_OUT(true),

	/** Ended immediately by an operator, nothing compensated. */
	TERMINATED(true),

	/**
	 * A work item whose attempts have all failed: kept until it is retried or deleted.
	 */
	DEAD(true);

	private final boolean terminal;

	WorkflowStatus(boolean terminal) {
		this.terminal = terminal;
	}

	/**
	 * Whether the run has ended.
	 */
	public boolean isTerminal() {
		return this.terminal;
	}

}
