package io.kraft.spring.boot.autoconfigure.proxy;

import io.kraft.spring.boot.autoconfigure.definition.DefinitionProblems;
import io.kraft.spring.boot.autoconfigure.definition.DurableBean;
import io.kraft.spring.boot.autoconfigure.definition.DurableBeans;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Refuses the start if a bean with durable methods was made before its post-processor:
 * its calls would silently be plain ones.
 */
final class UnproxiedBeanCheck implements SmartInitializingSingleton {

	private final ConfigurableListableBeanFactory beanFactory;

	private final DurableBeans beans;

	private final DurableBeanPostProcessor postProcessor;

	UnproxiedBeanCheck(ConfigurableListableBeanFactory beanFactory, DurableBeans beans,
			DurableBeanPostProcessor postProcessor) {
		this.beanFactory = beanFactory;
		this.beans = beans;
		this.postProcessor = postProcessor;
	}

	@Override
	public void afterSingletonsInstantiated() {
		DefinitionProblems problems = new DefinitionProblems();
		for (DurableBean bean : this.beans.all()) {
			if (exists(bean.name()) && !this.postProcessor.hasProxied(bean.name())) {
				problems.on(bean.userName(), bean.type().userClass(), null)
					.add("The bean was made too early, by another post-processor that needs it, and has no proxy: "
							+ "calls of its methods would not be durable.",
							"Let that post-processor take its dependencies as ObjectProvider, and make its @Bean method static. "
									+ "The log names it in a warning with 'not eligible for getting processed by all BeanPostProcessors'.");
			}
		}
		problems.throwIfAny();
	}

	@SuppressWarnings("EqualsNull") // Spring has an object in place of null.
	private boolean exists(String name) {
		Object singleton = this.beanFactory.getSingleton(name);
		return singleton != null && !(singleton instanceof FactoryBean<?>) && !singleton.equals(null);
	}

}
