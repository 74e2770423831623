package io.kraft.client;

import java.time.Instant;

/**
 * Something that has become durable about a run. In a Spring application each is
 * published as an application event.
 * <p>
 * Events of one process, published after the fact and at most once: what happens while no
 * listener is subscribed is not published later. The journal is authoritative.
 *
 * @since 0.1.0
 */
public sealed interface WorkflowEvent {

	/** The run, as of the event. */
	WorkflowDescription workflow();

	/** When the engine published it. */
	Instant at();

	/**
	 * A run exists: it executes, or is pending or scheduled.
	 */
	record Started(WorkflowDescription workflow, Instant at) implements WorkflowEvent {
	}

	/**
	 * A run that has not ended changed its status: it is suspended, or resumes. A run
	 * that was retried resumes, too.
	 */
	record Moved(WorkflowDescription workflow, WorkflowStatus before, Instant at) implements WorkflowEvent {
	}

	/**
	 * A run is paused with a reason, and can be resumed.
	 */
	record Paused(WorkflowDescription workflow, Instant at) implements WorkflowEvent {
	}

	/**
	 * A run has ended with a result.
	 */
	record Completed(WorkflowDescription workflow, Instant at) implements WorkflowEvent {
	}

	/**
	 * A run has ended otherwise; its status has the outcome.
	 */
	record Failed(WorkflowDescription workflow, Instant at) implements WorkflowEvent {
	}

}
