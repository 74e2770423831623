package io.kraft.engine.routing;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import io.kraft.client.IfExists;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to be started, written down: its arguments are encoded where it was
 * called.
 *
 * @param workflow its name
 * @param version of the workflow, as the caller knows it
 * @param step that a work item executes; null in a run of a workflow
 * @param definition of that workflow, where the caller is in the same process, which
 * saves a look-up; never sent to another one
 * @param arguments all in one
 * @param id null if the run that starts it as its child chooses one
 * @param isFresh whether the id was drawn for this start, so that no run can have it;
 * counts only in the process that has drawn it, for another one may get a start twice
 * @param timeout of the whole run; null means none
 * @param delay zero or more
 * @param priority higher ones go first
 * @param tags labels
 * @param ifExists what to do if a run has the id
 * @param trace that it is started in; empty if in none
 * @param history what it keeps of another run; null if nothing
 */
public record StartCommand(String workflow, int version, @Nullable String step, @Nullable WorkflowDefinition definition,
		Payload arguments, @Nullable String id, boolean isFresh, @Nullable Duration timeout, Duration delay,
		int priority, Map<String, String> tags, IfExists ifExists, Map<String, String> trace,
		@Nullable CopiedHistory history) {

	/**
	 * Of a workflow that is known here.
	 */
	public static StartCommand of(WorkflowDefinition definition, Payload arguments, @Nullable String id,
			@Nullable Duration timeout, Duration delay, int priority, Map<String, String> tags, IfExists ifExists,
			Map<String, String> trace, @Nullable CopiedHistory history) {
		return new StartCommand(definition.name(), definition.version(), definition.step(), definition, arguments, id,
				false, timeout, delay, priority, tags, ifExists, trace, history);
	}

	/**
	 * Refuses the start beside a run that has its id, is not taken for this one and not
	 * replaced by it.
	 * @throws WorkflowAlreadyExistsException as {@link IfExists} says
	 */
	public void checkAgainst(RunRow existing) {
		boolean attaches = this.ifExists == IfExists.ATTACH && existing.name().equals(this.workflow);
		boolean replaces = this.ifExists == IfExists.REPLACE_IF_ENDED && existing.status().isTerminal();
		if (!attaches && !replaces) {
			throw alreadyExists(existing);
		}
	}

	/**
	 * What to throw when a run that exists is not taken for this one.
	 */
	public WorkflowAlreadyExistsException alreadyExists(RunRow existing) {
		return new WorkflowAlreadyExistsException("a run with the id '" + existing.id() + "' exists: workflow '"
				+ existing.name() + "', status " + existing.status() + ", started at " + existing.createdAt()
				+ ". The start of '" + this.workflow + "' asked for " + this.ifExists + ". " + solution(existing)
				+ ". See docs/reference/errors.md#kraft-3002", null, existing.id(), existing.status());
	}

	/** Never what was just refused. */
	private String solution(RunRow existing) {
		if (!existing.name().equals(this.workflow)) {
			return "An id belongs to one workflow: choose another one, such as '" + this.workflow + "-" + existing.id()
					+ "'" + (existing.status().isTerminal()
							? ", or IfExists.REPLACE_IF_ENDED, which replaces the ended run" : "");
		}
		return switch (this.ifExists) {
			case REPLACE_IF_ENDED -> "Choose another id, start it again when the run has ended, or ask for "
					+ "IfExists.ATTACH to get the run that exists";
			case FAIL -> "Choose another id, or ask for IfExists.ATTACH to get the run that exists"
					+ (existing.status().isTerminal() ? ", or for IfExists.REPLACE_IF_ENDED to replace it" : "");
			case ATTACH -> "Choose another id";
		};
	}

	/**
	 * The id, of one that is not to be a child.
	 */
	public String runId() {
		return Objects.requireNonNull(this.id, "a run that is no child was named when its start was requested");
	}

	/**
	 * Under an id that a run may have.
	 */
	public StartCommand named(String id) {
		return withId(id, false);
	}

	/**
	 * Under an id that was just drawn.
	 */
	public StartCommand withFreshId(String id) {
		return withId(id, true);
	}

	private StartCommand withId(String id, boolean isFresh) {
		return new StartCommand(this.workflow, this.version, this.step, this.definition, this.arguments, id, isFresh,
				this.timeout, this.delay, this.priority, this.tags, this.ifExists, this.trace, this.history);
	}

	/**
	 * As another process gets it: without what counts only in that of the caller.
	 */
	public StartCommand transported() {
		return new StartCommand(this.workflow, this.version, this.step, null, this.arguments, this.id, false,
				this.timeout, this.delay, this.priority, this.tags, this.ifExists, this.trace, this.history);
	}

}
