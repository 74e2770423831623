package io.kraft.test.spring;

import java.util.List;

import io.kraft.test.AutoConfigureKraftTest;
import org.jspecify.annotations.Nullable;

import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Finds {@link AutoConfigureKraftTest} on a test, itself or by what it is annotated with.
 */
final class BenchContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> attributes) {
		AutoConfigureKraftTest annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				AutoConfigureKraftTest.class);
		return (annotation != null) ? new BenchContextCustomizer(
				new BenchDisk(annotation.storage(), annotation.partitions()), annotation.schedules()) : null;
	}

}
