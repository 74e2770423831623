package io.kraft.spring.boot.autoconfigure.actuate;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.core.env.Environment;

/**
 * Makes the engine a part of the readiness that Boot's probes report, unless the
 * application configures that group itself. Has Boot's own order, and comes after it,
 * because it is registered after it.
 */
final class ReadinessGroupPostProcessor implements HealthEndpointGroupsPostProcessor {

	private static final String PROPERTIES = "management.endpoint.health.group." + ReadinessGroups.READINESS;

	private final Environment environment;

	ReadinessGroupPostProcessor(Environment environment) {
		this.environment = environment;
	}

	@Override
	public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
		boolean isConfigured = Binder.get(this.environment)
			.bind(PROPERTIES, Bindable.mapOf(String.class, Object.class))
			.isBound();
		return isConfigured ? groups : new ReadinessGroups(groups);
	}

}
