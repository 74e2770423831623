package io.kraft.test.spring;

import io.kraft.spring.boot.autoconfigure.KraftEngineBuilderCustomizer;

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
record BenchContextCustomizer(BenchDisk disk, boolean schedules) implements ContextCustomizer {

	static final String DISK_BEAN = "kraftTestDisk";

	static final String SCHEDULES_BEAN = "kraftTestSchedules";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		BeanDefinitionRegistry registry = (BeanDefinitionRegistry) context.getBeanFactory();
		registry.registerBeanDefinition(DISK_BEAN, new RootBeanDefinition(BenchDisk.class, () -> this.disk));
		registry.registerBeanDefinition(SCHEDULES_BEAN,
				new RootBeanDefinition(KraftEngineBuilderCustomizer.class, this::customizer));
		new AnnotatedBeanDefinitionReader(registry).register(BenchConfiguration.class);
	}

	private KraftEngineBuilderCustomizer customizer() {
		return (builder) -> builder.firesSchedules(this.schedules);
	}

}
