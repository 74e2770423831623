package io.kraft.spring.boot.autoconfigure.property;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.spring.boot.autoconfigure.property.NamedProperties.Named;
import io.kraft.workflow.Exhausted;
import io.kraft.workflow.WorkQueue;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * What the properties {@code kraft.steps.<name>.*}, {@code kraft.workflows.<name>.*} and
 * {@code kraft.queues.<name>.*} set in place of annotations and beans: each attribute by
 * itself, and for all versions of a workflow. Knows the names that were looked up.
 * Thread-safe.
 */
public final class Overrides {

	private final NamedProperties steps;

	private final NamedProperties workflows;

	private final NamedProperties queues;

	private Overrides(Iterable<ConfigurationPropertySource> sources, Binder binder) {
		this.steps = new NamedProperties("kraft.steps", List.of("timeout", "retry.max-attempts", "retry.initial-delay",
				"retry.multiplier", "retry.max-delay", "retry.jitter", "retry.on-exhausted"), sources, binder);
		this.workflows = new NamedProperties("kraft.workflows", List.of("timeout", "retention", "max-concurrent"),
				sources, binder);
		this.queues = new NamedProperties("kraft.queues", QueueOverrides.ATTRIBUTES, sources, binder);
	}

	/**
	 * The overrides that the properties of an environment set.
	 */
	public static Overrides of(Environment environment) {
		return new Overrides(ConfigurationPropertySources.get(environment), Binder.get(environment));
	}

	/**
	 * No overrides.
	 */
	public static Overrides none() {
		return new Overrides(List.of(), new Binder());
	}

	/**
	 * The step with the properties applied.
	 * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException
	 * if a value is out of bounds
	 * @throws org.springframework.boot.context.properties.bind.BindException if a value
	 * is of another type
	 */
	public StepDefinition apply(StepDefinition step) {
		Named named = this.steps.of(step.name());
		RetryPolicy retry = step.retry();
		return step.withRetry(new RetryPolicy(
				named.get("retry.max-attempts", Integer.class, Overrides::atLeastOne).orElse(retry.maxAttempts()),
				named.get("retry.initial-delay", Duration.class, PropertyBounds::notNegative)
					.orElse(retry.initialDelay()),
				named
					.get("retry.multiplier", Double.class,
							(property, value) -> PropertyBounds.within(1, Double.MAX_VALUE, "at least 1", property,
									value))
					.orElse(retry.multiplier()),
				named.get("retry.max-delay", Duration.class, PropertyBounds::notNegative).orElse(retry.maxDelay()),
				named
					.get("retry.jitter", Double.class,
							(property, value) -> PropertyBounds.within(0, 1, "0 to 1", property, value))
					.orElse(retry.jitter()),
				retry.noRetryFor(), named.get("retry.on-exhausted", Exhausted.class, (property, value) -> {
				}).orElse(retry.onExhausted())))
			.withTimeout(timeout(named, step.timeout()));
	}

	/**
	 * The workflow with the properties applied.
	 * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException
	 * if a value is out of bounds
	 * @throws org.springframework.boot.context.properties.bind.BindException if a value
	 * is of another type
	 */
	public WorkflowDefinition apply(WorkflowDefinition workflow) {
		Named named = this.workflows.of(workflow.name());
		return workflow.withTimeout(timeout(named, workflow.timeout()))
			.withRetention(
					named.get("retention", Duration.class, PropertyBounds::notNegative).orElse(workflow.retention()))
			.withMaxConcurrent(
					named.get("max-concurrent", Integer.class, Overrides::atLeastOne).orElse(workflow.maxConcurrent()));
	}

	/**
	 * The queues with the properties applied, and those that only properties declare.
	 * @param beans each with another name
	 * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException
	 * if a value is out of bounds
	 * @throws org.springframework.boot.context.properties.bind.BindException if a value
	 * is of another type
	 */
	public List<WorkQueue> apply(Collection<WorkQueue> beans) {
		Stream<WorkQueue> further = this.queues.furtherNames(beans.stream().map(WorkQueue::name).toList())
			.stream()
			.map(WorkQueue::named);
		return Stream.concat(beans.stream(), further)
			.map((queue) -> new QueueOverrides(this.queues.of(queue.name())).apply(queue))
			.toList();
	}

	private static @Nullable Duration timeout(Named named, @Nullable Duration annotated) {
		Duration timeout = named.get("timeout", Duration.class, PropertyBounds::notNegative).orElse(annotated);
		// Zero removes the annotation's value.
		return (timeout != null && timeout.isZero()) ? null : timeout;
	}

	static void atLeastOne(String property, int value) {
		PropertyBounds.atLeast(1, property, value);
	}

	/**
	 * Whether a property applies to a step, a workflow or a queue.
	 */
	public boolean covers(ConfigurationPropertyName property) {
		return named(property).isPresent();
	}

	/**
	 * Why such a property has no effect, or not the one that is meant, as the end of a
	 * sentence that its name begins, with the fix.
	 * @return empty if it is valid
	 */
	public Optional<String> faultOf(ConfigurationPropertyName property) {
		return named(property).map((named) -> named.faultOf(property));
	}

	private Optional<NamedProperties> named(ConfigurationPropertyName property) {
		return Stream.of(this.steps, this.workflows, this.queues).filter((named) -> named.covers(property)).findFirst();
	}

}
