package io.kraft.engine.operation;

import java.lang.reflect.Type;
import java.util.Optional;

import io.kraft.client.RequiredArgument;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.run.LoadedRun;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of a step, as its body sees it.
 */
final class StepScope implements StepContext {

	private final LoadedRun run;

	private final Position position;

	private final String stepName;

	private final int attempt;

	private final StepProgress progress;

	StepScope(LoadedRun run, Position position, String stepName, int attempt, StepProgress progress) {
		this.progress = progress;
		this.run = run;
		this.position = position;
		this.stepName = stepName;
		this.attempt = attempt;
	}

	Position position() {
		return this.position;
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

	@Override
	public String idempotencyKey() {
		return IdempotencyKeys.of(this.run, this.position);
	}

	@Override
	public void heartbeat(@Nullable Object progress) {
		Type type = (progress != null) ? progress.getClass() : Object.class;
		this.progress.report(this, this.run.environment().payloads().write(progress, type, what()));
	}

	@Override
	@SuppressWarnings("unchecked") // The value was read as this type.
	public <T> Optional<T> lastHeartbeat(Class<T> type) {
		return (Optional<T>) lastHeartbeat((Type) RequiredArgument.check("StepContext.lastHeartbeat", "type", type));
	}

	@Override
	@SuppressWarnings("unchecked") // The value was read as this type.
	public <T> Optional<T> lastHeartbeat(TypeRef<T> type) {
		return (Optional<T>) lastHeartbeat(RequiredArgument.check("StepContext.lastHeartbeat", "type", type).type());
	}

	private Optional<?> lastHeartbeat(Type type) {
		Payload last = this.progress.last();
		return (last != null) ? Optional.ofNullable(this.run.environment().payloads().read(last, type, what()))
				: Optional.empty();
	}

	private String what() {
		return "the heartbeat of step '" + this.stepName + "'";
	}

}
