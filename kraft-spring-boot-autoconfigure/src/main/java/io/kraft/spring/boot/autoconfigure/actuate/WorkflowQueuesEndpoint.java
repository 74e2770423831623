package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.List;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.actuate.QueuesDescriptor.Queue;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Lists queues and their dead items, and lets an operator pause and resume queues. Items
 * are runs: a dead one is retried or deleted by {@link WorkflowRunsEndpoint}.
 */
@Endpoint(id = "workflowqueues", defaultAccess = Access.READ_ONLY)
public final class WorkflowQueuesEndpoint {

	private static final String DEAD = "dead";

	private final WorkflowClient client;

	/**
	 * An endpoint above the given client.
	 */
	public WorkflowQueuesEndpoint(WorkflowClient client) {
		this.client = client;
	}

	/**
	 * The queues that the application declares, and those that are paused or have items
	 * that have not ended well.
	 */
	@ReadOperation
	public QueuesDescriptor queues() {
		return new QueuesDescriptor(this.client.queues().stream().map(Queue::of).toList());
	}

	/**
	 * A page of the dead items of a queue, newest first.
	 * @param view what to show of the queue: {@code dead}, the only view
	 * @param limit most items of the page, 1 to 1000; 100 by default
	 * @param cursor {@code nextCursor} of the page before
	 * @throws InvalidEndpointRequestException if a parameter is malformed
	 */
	@ReadOperation
	public @Nullable WorkflowsDescriptor items(@Selector String name, @Selector String view, @Nullable String limit,
			@Nullable String cursor) {
		if (!view.equals(DEAD)) {
			return null;
		}
		checkKnown(name);
		WorkflowQuery dead = WorkflowQuery.all().queue(name).status(WorkflowStatus.DEAD);
		return WorkflowsDescriptor.of(this.client, QueryParameters.page(dead, limit, cursor));
	}

	/**
	 * Applies an action to a queue; durable when it returns. The client accepts any name,
	 * because a queue need not be declared; here a misspelt one is refused.
	 * @param action {@code pause} or {@code resume}
	 * @return all queues afterwards: one that is not declared and has no items is no
	 * longer among them once it is resumed
	 */
	@WriteOperation
	public QueuesDescriptor act(@Selector String name, @Selector String action) {
		checkKnown(name);
		switch (action) {
			case "pause" -> this.client.pauseQueue(name);
			case "resume" -> this.client.resumeQueue(name);
			default -> throw NothingFoundException.unknown("action", action, List.of("pause", "resume"));
		}
		return queues();
	}

	private void checkKnown(String name) {
		List<String> known = this.client.queues().stream().map((queue) -> queue.queue().name()).toList();
		if (!known.contains(name)) {
			throw NothingFoundException.unknown("queue", name, known);
		}
	}

}
