package io.kraft.engine.definition;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

import io.kraft.workflow.WorkQueue;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as the engine knows it.
 *
 * @param name workflow type
 * @param version at least 1
 * @param signature how its arguments and its result are written and read
 * @param resultStyle how the returned object and the value relate
 * @param idOf the run's id from the arguments; returns null for a random one
 * @param timeout of the whole run, more than 0; null means none
 * @param retention how long a finished run is kept; null means the engine's default
 * @param maxConcurrent how many of its runs may have begun and not ended; 0 means any
 * number
 * @param body calls the method
 * @param item what a work item executes; null in a workflow
 */
public record WorkflowDefinition(String name, int version, MethodSignature signature, ResultStyle resultStyle,
		Function<@Nullable Object[], @Nullable String> idOf, @Nullable Duration timeout, @Nullable Duration retention,
		int maxConcurrent, Body body, @Nullable Item item) {

	public WorkflowDefinition {
		if (name.isBlank()) {
			throw new IllegalArgumentException("A workflow has a name");
		}
		if (version < 1) {
			throw new IllegalArgumentException(
					"The version of workflow '" + name + "' is at least 1, but was " + version);
		}
		if (maxConcurrent < 0) {
			throw new IllegalArgumentException(
					"The maxConcurrent of workflow '" + name + "' is 0 or more, but was " + maxConcurrent);
		}
		if (timeout != null && !timeout.isPositive()) {
			throw new IllegalArgumentException(
					"The timeout of workflow '" + name + "' is more than 0, but was " + timeout);
		}
	}

	/**
	 * A workflow in version 1 with a plain result, a random id, no time-out and the
	 * default retention.
	 */
	public static WorkflowDefinition of(String name, MethodSignature signature, Body body) {
		return new WorkflowDefinition(name, 1, signature, ResultStyle.PLAIN, (arguments) -> null, null, null, 0, body,
				null);
	}

	/**
	 * The same workflow in another version.
	 */
	public WorkflowDefinition withVersion(int version) {
		return new WorkflowDefinition(this.name, version, this.signature, this.resultStyle, this.idOf, this.timeout,
				this.retention, this.maxConcurrent, this.body, this.item);
	}

	/**
	 * The same workflow with a time-out.
	 * @param timeout of the whole run, more than 0; null means none
	 */
	public WorkflowDefinition withTimeout(@Nullable Duration timeout) {
		return new WorkflowDefinition(this.name, this.version, this.signature, this.resultStyle, this.idOf, timeout,
				this.retention, this.maxConcurrent, this.body, this.item);
	}

	/**
	 * The same workflow with another retention.
	 * @param retention how long a finished run is kept; null means the engine's default
	 */
	public WorkflowDefinition withRetention(@Nullable Duration retention) {
		return new WorkflowDefinition(this.name, this.version, this.signature, this.resultStyle, this.idOf,
				this.timeout, retention, this.maxConcurrent, this.body, this.item);
	}

	/**
	 * The same workflow with a limit of runs that have begun and not ended.
	 * @param maxConcurrent 0 means any number
	 */
	public WorkflowDefinition withMaxConcurrent(int maxConcurrent) {
		return new WorkflowDefinition(this.name, this.version, this.signature, this.resultStyle, this.idOf,
				this.timeout, this.retention, maxConcurrent, this.body, this.item);
	}

	/**
	 * Name of the step that a work item executes; null in a workflow.
	 */
	public @Nullable String step() {
		return (this.item != null) ? this.item.step() : null;
	}

	/**
	 * Whether a run gives its place up while it waits, and waits for its turn again: so
	 * that an item that waits for its next attempt does not block others, and does not
	 * begin while its queue is paused.
	 */
	public boolean yieldsPlace() {
		return this.item != null;
	}

	/**
	 * How a step's failed attempts are repeated in a run of this.
	 */
	public RetryPolicy retryOf(StepDefinition step) {
		if (this.item == null) {
			return step.retry();
		}
		RetryPolicy ofStep = step.retry();
		WorkQueue.Retries own = this.item.queue().retry();
		return (own == null) ? ofStep
				: ofStep.withMaxAttempts(Objects.requireNonNullElse(own.maxAttempts(), ofStep.maxAttempts()))
					.withInitialDelay(Objects.requireNonNullElse(own.initialDelay(), ofStep.initialDelay()))
					.withMaxDelay(Objects.requireNonNullElse(own.maxDelay(), ofStep.maxDelay()));
	}

	@Override
	public String toString() {
		return this.name + " v" + this.version;
	}

	/**
	 * A call of a step that waits in a queue.
	 *
	 * @param step its name
	 */
	public record Item(WorkQueue queue, String step) {
	}

	/**
	 * Calls the workflow's method.
	 */
	@FunctionalInterface
	public interface Body {

		@Nullable Object call(@Nullable Object[] arguments) throws Throwable;

	}

}
