package io.kraft.test.spring;

import io.kraft.spring.boot.autoconfigure.KraftEngineBuilderCustomizer;
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
record BenchContextCustomizer(Storage storage, boolean schedules) implements ContextCustomizer {

	static final String STORAGE_BEAN = "kraftTestStorage";

	static final String SCHEDULES_BEAN = "kraftTestSchedules";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		BeanDefinitionRegistry registry = (BeanDefinitionRegistry) context.getBeanFactory();
		registry.registerBeanDefinition(STORAGE_BEAN, new RootBeanDefinition(Storage.class, () -> this.storage));
		registry.registerBeanDefinition(SCHEDULES_BEAN,
				new RootBeanDefinition(KraftEngineBuilderCustomizer.class, this::customizer));
		new AnnotatedBeanDefinitionReader(registry).register(BenchConfiguration.class);
	}

	private KraftEngineBuilderCustomizer customizer() {
		return (builder) -> builder.firesSchedules(this.schedules);
	}

}
