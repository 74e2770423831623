package io.kraft.engine.execution.operation;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.kraft.engine.execution.run.LoadedRun;
import io.kraft.engine.journal.Position;
import io.kraft.workflow.StepContext;

/**
 * An attempt of a step, as its body sees it.
 */
final class StepScope implements StepContext {

	private final LoadedRun run;

	private final Position position;

	private final String stepName;

	private final int attempt;

	StepScope(LoadedRun run, Position position, String stepName, int attempt) {
		this.run = run;
		this.position = position;
		this.stepName = stepName;
		this.attempt = attempt;
	}

	@Override
	public String workflowId() {
		return this.run.id();
	}

	@Override
	public String stepName() {
		return this.stepName;
	}

	@Override
	public int attempt() {
		return this.attempt;
	}

	/**
	 * Made of the run's id and seed and the position: short whatever the id, and another
	 * one when a run of the same id is started anew after the first was removed.
	 */
	@Override
	public String idempotencyKey() {
		String text = this.run.id() + '\n' + this.run.seed() + '\n' + this.position;
		return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
	}

}
