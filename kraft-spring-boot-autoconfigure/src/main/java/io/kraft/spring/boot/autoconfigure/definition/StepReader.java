package io.kraft.spring.boot.autoconfigure.definition;

import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.StepMethod;
import io.kraft.spring.boot.autoconfigure.property.Overrides;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.util.StringValueResolver;

/**
 * From {@link Step} to the definition that the engine executes.
 */
public final class StepReader {

	private final RetryReader retry;

	private final Overrides overrides;

	private final StringValueResolver placeholders;

	/**
	 * A reader.
	 * @param retryDefaults for what the annotation leaves out
	 * @param overrides take precedence over the annotation
	 * @param placeholders replaces those in its texts; throws
	 * {@link IllegalArgumentException} for one that is not defined
	 */
	public StepReader(RetryPolicy retryDefaults, Overrides overrides, StringValueResolver placeholders) {
		this.retry = new RetryReader(retryDefaults);
		this.overrides = overrides;
		this.placeholders = placeholders;
	}

	/**
	 * Name of the method that compensates a step; empty if it has none.
	 */
	String compensation(StepMethod step, DefinitionProblems.Sink problems) {
		String name = new AttributeReader(problems, this.placeholders).text("compensation",
				step.annotation().getString("compensation"));
		return (name != null) ? name : "";
	}

	/**
	 * Reads a step without its compensation; what is wrong is reported, and read as if it
	 * were not there.
	 */
	public StepDefinition read(DurableType type, StepMethod step, DefinitionProblems.Sink problems) {
		MergedAnnotation<Step> annotation = step.annotation();
		AttributeReader attributes = new AttributeReader(problems, this.placeholders);
		SignatureReader signature = new SignatureReader(type.userClass(), step.method());
		return this.overrides.apply(new StepDefinition(
				attributes.name("name", annotation.getString("name"), type.defaultNameOf(step.method())),
				signature.read(), signature.result().style(),
				this.retry.read(annotation.getAnnotation("retry", Retry.class), attributes),
				attributes.positiveDuration("timeout", annotation.getString("timeout")),
				annotation.getEnum("delivery", Delivery.class), null));
	}

}
