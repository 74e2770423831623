package io.kraft.spring.boot.autoconfigure;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;

/**
 * Gives an application context of a test a temporary directory, unless the test or the
 * application names one: a plain {@code @SpringBootTest} must not resume the runs that
 * the developer has in {@code ./data/kraft}. Added as the last source, so that every
 * other one takes precedence.
 */
final class TestDirectoryPostProcessor implements EnvironmentPostProcessor, Ordered {

	/** Spring's name for the properties of a test, which each test of Boot's has. */
	private static final String OF_TEST = "Inlined Test Properties";

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		MutablePropertySources sources = environment.getPropertySources();
		if (sources.contains(OF_TEST) && !sources.contains(TestDirectory.NAME)) {
			sources.addLast(new TestDirectory());
		}
	}

}
