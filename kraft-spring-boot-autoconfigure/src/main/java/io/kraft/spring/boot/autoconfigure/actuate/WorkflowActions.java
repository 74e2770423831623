package io.kraft.spring.boot.autoconfigure.actuate;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowNotEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.workflow.KraftException;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.util.StringUtils;

/**
 * Applies an operator's actions to runs, by name; durable when it returns. Stricter than
 * the client, which silently accepts an action that does not apply to a run: an operator
 * must be notified.
 */
final class WorkflowActions {

	private final WorkflowClient client;

	WorkflowActions(WorkflowClient client) {
		this.client = client;
	}

	/**
	 * Applies the action and returns the run's state afterwards; for a restart, that of
	 * the new run.
	 * @throws NothingFoundException if there is no such action
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws KraftException if it does not apply to the run's status
	 * @throws InvalidEndpointRequestException if a parameter is missing or malformed
	 */
	WorkflowDescriptor act(String id, String name, ActionParameters parameters) {
		WorkflowAction action = WorkflowAction.named(name);
		action.operation().check(find(id));
		return WorkflowDescriptor.of(find(perform(action, id, parameters)));
	}

	private String perform(WorkflowAction action, String id, ActionParameters parameters) {
		switch (action) {
			case CANCEL -> this.client.cancel(id);
			case FAIL -> this.client.failRun(id, parameters.failure());
			case TERMINATE -> this.client.terminate(id);
			case PAUSE -> this.client.pause(id);
			case RESUME -> this.client.resume(id);
			case RETRY -> this.client.retry(id);
			case SIGNAL -> parameters.signal(id, this.client);
			case DISCARD -> this.client.discardMessage(id, parameters.message());
			case REPLACE -> parameters.replace(id, this.client);
			case RESTART -> {
				String from = parameters.from();
				return (StringUtils.hasLength(from) ? this.client.restartFrom(id, from) : this.client.restart(id)).id();
			}
		}
		return id;
	}

	/**
	 * Removes a run that has ended, and returns its last state.
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowNotEndedException if it has not ended
	 */
	WorkflowDescriptor delete(String id) {
		WorkflowDescription run = find(id);
		this.client.delete(id);
		return WorkflowDescriptor.of(run);
	}

	private WorkflowDescription find(String id) {
		return this.client.handle(id).describe();
	}

}
