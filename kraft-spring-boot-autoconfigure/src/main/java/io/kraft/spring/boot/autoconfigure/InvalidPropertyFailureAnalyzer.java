package io.kraft.spring.boot.autoconfigure;

import java.util.Optional;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Explains a property {@code kraft.*} that is out of bounds. Ordered before Boot's
 * analyzer of binding failures, which would name the group of the property only.
 */
@Order(0)
class InvalidPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

	/** A key of payloads may have come to the wrong one of these properties. */
	private static final String SECRET = "kraft.payloads.encryption.";

	private static final String HIDDEN = "******";

	private final Environment environment;

	InvalidPropertyFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure,
			InvalidConfigurationPropertyValueException cause) {
		String name = cause.getName();
		if (!name.startsWith("kraft.")) {
			return null;
		}
		String given = asGiven(name)
			.map((property) -> "'%s' (%s)".formatted(name.startsWith(SECRET) ? HIDDEN : property.getValue(),
					property.getOrigin()))
			.orElse("'%s'".formatted(cause.getValue()));
		return new FailureAnalysis(
				"The configuration property '%s' is %s. %s".formatted(name, given, cause.getReason()),
				"Change the value of '%s', or remove the property to get its default.".formatted(name), cause);
	}

	private Optional<ConfigurationProperty> asGiven(String name) {
		ConfigurationPropertyName property = ConfigurationPropertyName.of(name);
		return StreamSupport.stream(ConfigurationPropertySources.get(this.environment).spliterator(), false)
			.flatMap((source) -> Optional.ofNullable(source.getConfigurationProperty(property)).stream())
			.findFirst();
	}

}
