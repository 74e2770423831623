package io.kraft.spring.boot.autoconfigure.definition;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.StringValueResolver;

/**
 * Replaces the placeholders <code>${…}</code> in texts of annotations, as Spring does in
 * its own, such as {@code @Value}. A property that is not defined is an error in any
 * case: Spring leaves a placeholder as it is where the application has no
 * {@code PropertySourcesPlaceholderConfigurer}, and it would become part of a name.
 */
public final class Placeholders implements StringValueResolver {

	private final StringValueResolver resolver;

	private Placeholders(StringValueResolver resolver) {
		this.resolver = resolver;
	}

	/**
	 * Those of an application.
	 */
	public static Placeholders of(ConfigurableBeanFactory beanFactory) {
		if (!beanFactory.hasEmbeddedValueResolver()
				&& beanFactory.containsSingleton(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME)) {
			return new Placeholders(beanFactory.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME,
					Environment.class)::resolveRequiredPlaceholders);
		}
		return new Placeholders(beanFactory::resolveEmbeddedValue);
	}

	@Override
	public @Nullable String resolveStringValue(String text) {
		return this.resolver.resolveStringValue(text);
	}

}
