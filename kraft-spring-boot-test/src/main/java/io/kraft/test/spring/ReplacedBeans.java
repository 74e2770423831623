package io.kraft.test.spring;

import io.kraft.spring.boot.autoconfigure.definition.DurableBeans;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;

/**
 * Marks the definitions of beans that are there before Spring makes any: those that the
 * test has replaced. After Spring's own processor has replaced them, and before the
 * definitions of durable methods are read.
 */
final class ReplacedBeans implements BeanFactoryPostProcessor, Ordered {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		for (String name : beanFactory.getBeanDefinitionNames()) {
			if (beanFactory.containsSingleton(name)) {
				beanFactory.getBeanDefinition(name).setAttribute(DurableBeans.REPLACED_BY_TEST, true);
			}
		}
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

}
