package io.kraft.spring.boot.autoconfigure.proxy;

import java.util.List;
import java.util.Objects;

import io.kraft.spring.boot.autoconfigure.definition.DefinitionScan;
import io.kraft.spring.boot.autoconfigure.definition.DurableBeans;
import io.kraft.spring.boot.autoconfigure.definition.DurableTypes;
import io.kraft.spring.boot.autoconfigure.definition.Placeholders;
import io.kraft.spring.boot.autoconfigure.property.Overrides;
import io.kraft.spring.boot.autoconfigure.selfinvocation.RealCall;
import io.kraft.spring.boot.autoconfigure.selfinvocation.SelfCallClasses;
import io.kraft.spring.boot.autoconfigure.selfinvocation.SelfCallInstantiation;
import io.kraft.spring.boot.autoconfigure.selfinvocation.SelfInvocation;
import io.kraft.spring.boot.autoconfigure.selfinvocation.SelfInvocationRule;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractAutowireCapableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What happens before the application's beans are made: their definitions are read and
 * checked, and the way in which their objects are made is extended. Holds what belongs to
 * this one application context.
 */
final class DurableBeanPreparation implements BeanFactoryPostProcessor {

	static final String SELF_INVOCATION_PROPERTY = "kraft.proxy.self-invocation";

	private final DurableTypes types = new DurableTypes();

	private final SelfCallClasses classes = new SelfCallClasses();

	private final RealCall realCall = new RealCall();

	private final SelfInvocationRule selfInvocationRule;

	private final Overrides overrides;

	private @Nullable Placeholders placeholders;

	private @Nullable DurableBeans beans;

	DurableBeanPreparation(Environment environment) {
		// The bean of the properties does not exist yet.
		this.selfInvocationRule = new SelfInvocationRule(Binder.get(environment)
			.bind(SELF_INVOCATION_PROPERTY, SelfInvocation.class)
			.orElse(SelfInvocation.FAIL));
		this.overrides = Overrides.of(environment);
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory instanceof AbstractAutowireCapableBeanFactory factory) {
			factory.setInstantiationStrategy(new SelfCallInstantiation(factory.getInstantiationStrategy(), this.types,
					this.classes, this.realCall));
		}
		this.placeholders = Placeholders.of(beanFactory);
		this.beans = new DefinitionScan(beanFactory, this.types, this.overrides, List.of(this.selfInvocationRule))
			.run();
	}

	DurableTypes types() {
		return this.types;
	}

	SelfCallClasses classes() {
		return this.classes;
	}

	RealCall realCall() {
		return this.realCall;
	}

	SelfInvocationRule selfInvocationRule() {
		return this.selfInvocationRule;
	}

	Overrides overrides() {
		return this.overrides;
	}

	Placeholders placeholders() {
		return Objects.requireNonNull(this.placeholders, "The definitions have not been read yet");
	}

	DurableBeans beans() {
		return Objects.requireNonNull(this.beans, "The definitions have not been read yet");
	}

}
