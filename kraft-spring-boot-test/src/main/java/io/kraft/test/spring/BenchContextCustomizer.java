package io.kraft.test.spring;

import io.kraft.test.Storage;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Adds the test bench to an application context. Two are equal if they do the same, so
 * that contexts are shared between tests.
 */
record BenchContextCustomizer(Storage storage) implements ContextCustomizer {

	static final String STORAGE_BEAN = "kraftTestStorage";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		BeanDefinitionRegistry registry = (BeanDefinitionRegistry) context.getBeanFactory();
		registry.registerBeanDefinition(STORAGE_BEAN, new RootBeanDefinition(Storage.class, () -> this.storage));
		new AnnotatedBeanDefinitionReader(registry).register(BenchConfiguration.class);
	}

}
