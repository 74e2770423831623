package io.kraft.spring.boot.autoconfigure.payload;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains keys that cannot be bound, and what else may be a key that came to the wrong
 * property, before Boot's analyzer does, which shows the value.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class EncryptionKeyFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final ConfigurationPropertyName ENCRYPTION = ConfigurationPropertyName
		.of("kraft.payloads.encryption");

	private static final ConfigurationPropertyName KEYS = ENCRYPTION.append("keys");

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (!ENCRYPTION.isAncestorOf(cause.getName())) {
			return null;
		}
		if (!KEYS.equals(cause.getName()) && !KEYS.isAncestorOf(cause.getName())) {
			return new FailureAnalysis(
					"The configuration property '" + cause.getName()
							+ "' cannot be read. Its value is not shown, because it may be a key.",
					"Give each property of 'kraft.payloads.encryption' a value of its type.", cause);
		}
		return new FailureAnalysis(
				"The configuration property '" + cause.getName()
						+ "' cannot be read as keys by their ids. Its value is not shown.",
				"Give each key under its id, such as 'kraft.payloads.encryption.keys.2026-12', in Base64.", cause);
	}

}
