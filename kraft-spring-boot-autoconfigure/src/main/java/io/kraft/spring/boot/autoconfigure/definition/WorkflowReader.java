package io.kraft.spring.boot.autoconfigure.definition;

import java.time.Duration;
import java.util.function.Function;

import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.WorkflowMethod;
import io.kraft.spring.boot.autoconfigure.property.Overrides;
import io.kraft.workflow.WorkQueue;
import io.kraft.workflow.Workflow;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.util.StringValueResolver;

/**
 * From {@link Workflow} to the definition that the engine runs.
 */
final class WorkflowReader {

	private final ConfigurableBeanFactory beanFactory;

	private final Overrides overrides;

	private final StringValueResolver placeholders;

	/**
	 * @param overrides take precedence over the annotation
	 * @param placeholders replaces those in its texts; throws
	 * {@link IllegalArgumentException} for one that is not defined
	 */
	WorkflowReader(ConfigurableBeanFactory beanFactory, Overrides overrides, StringValueResolver placeholders) {
		this.beanFactory = beanFactory;
		this.overrides = overrides;
		this.placeholders = placeholders;
	}

	/**
	 * Reads a workflow; what is wrong is reported, and read as if it were not there.
	 */
	@SuppressWarnings("NullAway") // It does not see the annotations of a record in
									// another module.
	WorkflowDefinition read(DurableBean bean, WorkflowMethod workflow, DefinitionProblems.Sink problems) {
		MergedAnnotation<Workflow> annotation = workflow.annotation();
		AttributeReader attributes = new AttributeReader(problems, this.placeholders);
		String name = name(bean, workflow, attributes, problems);
		int version = annotation.getInt("version");
		boolean isValid = attributes.check(version >= 1, "version", "at least 1", version);
		Duration timeout = attributes.positiveDuration("timeout", annotation.getString("timeout"));
		Duration retention = attributes.duration("retention", annotation.getString("retention"));
		int maxConcurrent = annotation.getInt("maxConcurrent");
		boolean areAny = attributes.check(maxConcurrent >= 0, "maxConcurrent", "at least 0", maxConcurrent);
		SignatureReader signature = new SignatureReader(bean.type().userClass(), workflow.method());
		return this.overrides.apply(new WorkflowDefinition(name, isValid ? version : 1, signature.read(),
				signature.result().style(), id(name, workflow, attributes, problems), timeout, retention,
				areAny ? maxConcurrent : 0,
				new BeanMethodBody(this.beanFactory, bean.name(), bean.type().userClass(), workflow.method()), null));
	}

	private static String name(DurableBean bean, WorkflowMethod workflow, AttributeReader attributes,
			DefinitionProblems.Sink problems) {
		String defaultName = bean.type().defaultNameOf(workflow.method());
		String name = attributes.name("name", workflow.annotation().getString("name"), defaultName);
		if (!name.startsWith(WorkQueue.ITEMS)) {
			return name;
		}
		problems.add("The name \"" + name + "\" begins with \"" + WorkQueue.ITEMS
				+ "\", as those of the items of queues do.", "Give it another name.");
		return defaultName;
	}

	private static Function<@Nullable Object[], @Nullable String> id(String name, WorkflowMethod workflow,
			AttributeReader attributes, DefinitionProblems.Sink problems) {
		String text = attributes.text("id", workflow.annotation().getString("id"));
		if (text != null && !text.isEmpty()) {
			WorkflowIdExpression expression = WorkflowIdExpression.parse(name, workflow.method(), text, problems);
			if (expression != null) {
				return expression;
			}
		}
		return (arguments) -> null;
	}

}
