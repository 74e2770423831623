package io.kraft.engine.lifecycle;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import io.kraft.client.IfExists;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.message.PreparedMessage;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to be started.
 *
 * @param id null if the run that starts it as its child chooses one
 * @param isFresh whether the id was drawn for this start, so that no run can have it
 * @param timeout of the whole run; null means none
 * @param delay zero or more
 * @param trace that it is started in; empty if in none
 * @param history what it keeps of another run; null if nothing
 */
public record StartRequest(WorkflowDefinition workflow, Payload arguments, @Nullable String id, boolean isFresh,
		@Nullable Duration timeout, Duration delay, int priority, Map<String, String> tags, IfExists ifExists,
		Map<String, String> trace, @Nullable CopiedHistory history) {

	/**
	 * Refuses the start beside a run that has its id, is not taken for this one and not
	 * replaced by it.
	 * @throws WorkflowAlreadyExistsException as {@link IfExists} says
	 */
	public void checkAgainst(RunRow existing) {
		boolean attaches = this.ifExists == IfExists.ATTACH && existing.name().equals(this.workflow.name());
		boolean replaces = this.ifExists == IfExists.REPLACE_IF_ENDED && existing.status().isTerminal();
		if (!attaches && !replaces) {
			throw alreadyExists(existing);
		}
	}

	WorkflowAlreadyExistsException alreadyExists(RunRow existing) {
		return new WorkflowAlreadyExistsException("a run with the id '" + existing.id() + "' exists: workflow '"
				+ existing.name() + "', status " + existing.status() + ", started at " + existing.createdAt()
				+ ". The start of '" + this.workflow.name() + "' asked for " + this.ifExists + ". " + solution(existing)
				+ ". See docs/reference/errors.md#kraft-3002", null, existing.id(), existing.status());
	}

	/** Never what was just refused. */
	private String solution(RunRow existing) {
		if (!existing.name().equals(this.workflow.name())) {
			return "An id belongs to one workflow: choose another one, such as '" + this.workflow.name() + "-"
					+ existing.id() + "'" + (existing.status().isTerminal()
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
	 * All that is needed to make the start again, but tokens of callbacks.
	 * @param payloads encrypts the arguments, where those in the store are encrypted
	 */
	public String describe(PayloadConverter payloads) {
		return "start workflow '" + this.workflow.name() + "' version " + this.workflow.version() + " with the id '"
				+ this.id + "', arguments " + MaskedTokens.in(PreparedMessage.text(payloads.portable(this.arguments)))
				+ ", tags " + this.tags + ", delay " + this.delay + ", timeout " + this.timeout + ", priority "
				+ this.priority + ", " + this.ifExists;
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
	public StartRequest named(String id) {
		return withId(id, false);
	}

	/**
	 * Under an id that was just drawn.
	 */
	StartRequest withFreshId(String id) {
		return withId(id, true);
	}

	private StartRequest withId(String id, boolean isFresh) {
		return new StartRequest(this.workflow, this.arguments, id, isFresh, this.timeout, this.delay, this.priority,
				this.tags, this.ifExists, this.trace, this.history);
	}

}
