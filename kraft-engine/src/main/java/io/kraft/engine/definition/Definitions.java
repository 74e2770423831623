package io.kraft.engine.definition;

import java.util.Optional;

import io.kraft.workflow.UnknownStepException;
import io.kraft.workflow.UnknownWorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * What this application can run. Thread-safe.
 */
public record Definitions(WorkflowCatalog workflows, StepCatalog steps, QueueCatalog queues) {

	/**
	 * The definition of a run.
	 * @param step that a work item executes; null in a run of a workflow
	 * @throws UnknownWorkflowException if this application has no such workflow
	 * @throws UnknownStepException if it has no such step
	 */
	public WorkflowDefinition get(String name, int version, @Nullable String step) {
		return (step != null) ? this.queues.itemOf(name, step) : this.workflows.get(name, version);
	}

	/**
	 * As {@link #get}; empty if this application has no such thing.
	 */
	public Optional<WorkflowDefinition> find(String name, int version, @Nullable String step) {
		try {
			return Optional.of(get(name, version, step));
		}
		catch (UnknownWorkflowException | UnknownStepException ex) {
			return Optional.empty();
		}
	}

	/**
	 * As {@link #get}, in the highest version.
	 */
	public WorkflowDefinition latest(String name, @Nullable String step) {
		return (step != null) ? this.queues.itemOf(name, step) : this.workflows.latest(name);
	}

}
