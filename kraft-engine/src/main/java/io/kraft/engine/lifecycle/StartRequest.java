package io.kraft.engine.lifecycle;

import java.time.Duration;
import java.util.Map;

import io.kraft.client.IfExists;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.routing.CopiedHistory;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to be started, with the code that it executes.
 *
 * @param workflow its definition on this node
 * @param command what was asked for
 */
public record StartRequest(WorkflowDefinition workflow, StartCommand command) {

	/**
	 * Of a command, which need not have its definition with it.
	 * @throws io.kraft.workflow.UnknownWorkflowException if this node does not know the
	 * workflow in any version
	 */
	public static StartRequest of(StartCommand command, Definitions definitions) {
		WorkflowDefinition known = command.definition();
		return new StartRequest(
				(known != null) ? known : definitions.find(command.workflow(), command.version(), command.step())
					.orElseGet(() -> definitions.latest(command.workflow(), command.step())),
				command);
	}

	/**
	 * As {@link StartCommand#checkAgainst}.
	 */
	public void checkAgainst(RunRow existing) {
		this.command.checkAgainst(existing);
	}

	WorkflowAlreadyExistsException alreadyExists(RunRow existing) {
		return this.command.alreadyExists(existing);
	}

	/**
	 * Null if the run that starts it as its child chooses one.
	 */
	public @Nullable String id() {
		return this.command.id();
	}

	/**
	 * The id, of one that is not to be a child.
	 */
	public String runId() {
		return this.command.runId();
	}

	/**
	 * Whether the id was drawn for this start, so that no run can have it.
	 */
	public boolean isFresh() {
		return this.command.isFresh();
	}

	/**
	 * Written down, all in one.
	 */
	public Payload arguments() {
		return this.command.arguments();
	}

	/**
	 * Of the whole run; null means none.
	 */
	public @Nullable Duration timeout() {
		return this.command.timeout();
	}

	/**
	 * Zero or more.
	 */
	public Duration delay() {
		return this.command.delay();
	}

	/**
	 * Higher ones go first.
	 */
	public int priority() {
		return this.command.priority();
	}

	/**
	 * Labels.
	 */
	public Map<String, String> tags() {
		return this.command.tags();
	}

	/**
	 * What to do if a run has the id.
	 */
	public IfExists ifExists() {
		return this.command.ifExists();
	}

	/**
	 * That it is started in; empty if in none.
	 */
	public Map<String, String> trace() {
		return this.command.trace();
	}

	/**
	 * What it keeps of another run; null if nothing.
	 */
	public @Nullable CopiedHistory history() {
		return this.command.history();
	}

}
