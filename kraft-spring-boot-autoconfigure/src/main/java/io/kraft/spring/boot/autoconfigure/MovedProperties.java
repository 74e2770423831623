package io.kraft.spring.boot.autoconfigure;

import java.util.Map;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Refuses properties that have been renamed, environment variables included: if they were
 * ignored, a default would silently apply.
 */
final class MovedProperties {

	/** New names by old ones. */
	static final Map<String, String> NAMES = Map.of("kraft.step.retry.max-attempts",
			"kraft.defaults.step.retry.max-attempts", "kraft.step.retry.initial-delay",
			"kraft.defaults.step.retry.initial-delay", "kraft.step.retry.multiplier",
			"kraft.defaults.step.retry.multiplier", "kraft.step.retry.max-delay", "kraft.defaults.step.retry.max-delay",
			"kraft.step.retry.jitter", "kraft.defaults.step.retry.jitter", "kraft.management.show-payloads",
			"management.endpoint.workflowruns.show-values and kraft.web.show-values", "kraft.management.roles",
			"management.endpoint.workflowruns.roles");

	private MovedProperties() {
	}

	/**
	 * Looks for them.
	 * @throws InvalidConfigurationPropertyValueException if one is set
	 */
	static void check(Environment environment) {
		Binder binder = Binder.get(environment);
		NAMES.forEach((old, moved) -> binder.bind(old, String.class).ifBound((value) -> {
			throw new InvalidConfigurationPropertyValueException(old, value,
					"It has moved. Set " + moved + " instead.");
		}));
	}

}
