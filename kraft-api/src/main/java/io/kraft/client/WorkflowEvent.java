package io.kraft.client;

import java.time.Instant;

/**
 * Something that has become durable about a run. In a Spring application each is
 * published as an application event.
 * <p>
 * Events of one process, told after the fact and at most once: what happens while nobody
 * listens is not told later. The journal is what counts.
 */
public sealed interface WorkflowEvent {

	/** The run, as of the event. */
	WorkflowDescription workflow();

	/** When the engine told it. */
	Instant at();

	/**
	 * A run exists: it executes, or is pending or scheduled.
	 */
	record Started(WorkflowDescription workflow, Instant at) implements WorkflowEvent {
	}

	/**
	 * A run that has not ended came to another status: it waits, or goes on. A run that
	 * was retried goes on, too.
	 */
	record Moved(WorkflowDescription workflow, WorkflowStatus before, Instant at) implements WorkflowEvent {
	}

	/**
	 * A run has stopped with a reason, and is able to go on.
	 */
	record Paused(WorkflowDescription workflow, Instant at) implements WorkflowEvent {
	}

	/**
	 * A run has ended with a result.
	 */
	record Completed(WorkflowDescription workflow, Instant at) implements WorkflowEvent {
	}

	/**
	 * A run has ended otherwise; its status says how.
	 */
	record Failed(WorkflowDescription workflow, Instant at) implements WorkflowEvent {
	}

}
