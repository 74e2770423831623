package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.Locale;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Keeps the keys of payloads out of the endpoints {@code env} and {@code configprops},
 * also where those show values.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class KraftSanitizingAutoConfiguration {

	private static final String KEYS = "kraftpayloadsencryptionkey";

	@Bean
	SanitizingFunction kraftEncryptionKeySanitizingFunction() {
		return (data) -> isKey(data) ? data.withSanitizedValue() : data;
	}

	/**
	 * In every spelling, environment variables included, and in a misspelt one.
	 */
	private static boolean isKey(SanitizableData data) {
		return data.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "").startsWith(KEYS);
	}

}
