package io.kraft.spring.boot.autoconfigure.property;

import java.time.Duration;

import io.kraft.engine.definition.WorkflowDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one workflow, {@code kraft.workflows[<name>].*}, in all its versions.
 * What is null is as the annotation has it.
 *
 * @param timeout Time-out of a whole run, unless its start sets one; 0 removes the
 * annotation's. At least 0.
 * @param retention How long finished runs are kept. At least 0.
 * @param maxConcurrent Limit of runs that have begun and not ended. At least 1.
 */
public record WorkflowProperties(@Nullable Duration timeout, @Nullable Duration retention,
		@Nullable Integer maxConcurrent) implements NamedProperties.Bounded {

	@Override
	public void check(String prefix) {
		PropertyBounds.ifSet(this.timeout, (value) -> PropertyBounds.notNegative(prefix + ".timeout", value));
		PropertyBounds.ifSet(this.retention, (value) -> PropertyBounds.notNegative(prefix + ".retention", value));
		PropertyBounds.ifSet(this.maxConcurrent, (value) -> PropertyBounds.count(prefix + ".max-concurrent", value));
	}

	WorkflowDefinition applyTo(WorkflowDefinition workflow) {
		return workflow.withTimeout(StepProperties.timeout(this.timeout, workflow.timeout()))
			.withRetention((this.retention != null) ? this.retention : workflow.retention())
			.withMaxConcurrent((this.maxConcurrent != null) ? this.maxConcurrent : workflow.maxConcurrent());
	}

}
