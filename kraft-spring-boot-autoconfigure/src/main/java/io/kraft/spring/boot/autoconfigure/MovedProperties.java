package io.kraft.spring.boot.autoconfigure;

import java.util.List;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Refuses properties that have been renamed: if they were ignored, a default would
 * silently apply.
 */
final class MovedProperties {

	private static final String OLD = "kraft.step.retry.";

	private static final String NEW = "kraft.defaults.step.retry.";

	private static final List<String> NAMES = List.of("max-attempts", "initial-delay", "multiplier", "max-delay",
			"jitter");

	private MovedProperties() {
	}

	/**
	 * Looks for them.
	 * @throws InvalidConfigurationPropertyValueException if one is set
	 */
	static void check(Environment environment) {
		Binder binder = Binder.get(environment);
		for (String name : NAMES) {
			binder.bind(OLD + name, String.class).ifBound((value) -> {
				throw new InvalidConfigurationPropertyValueException(OLD + name, value,
						"It has moved. Set " + NEW + name + " instead.");
			});
		}
	}

}
