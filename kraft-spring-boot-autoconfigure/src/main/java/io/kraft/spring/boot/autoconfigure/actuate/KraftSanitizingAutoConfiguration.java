package io.kraft.spring.boot.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Keeps the keys of payloads out of the endpoints {@code env} and {@code configprops},
 * also where those show values, and whatever property they are in.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class KraftSanitizingAutoConfiguration {

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SanitizingFunction kraftEncryptionKeySanitizingFunction(ConfigurableEnvironment environment) {
		return new EncryptionKeySanitizer(environment);
	}

}
