package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the endpoint {@code workflowruns} shows, and to whom: as Boot's own endpoints
 * {@code env} and {@code configprops} have it.
 *
 * @param showValues When to show arguments and results of runs, which hold the data of
 * customers.
 * @param roles Roles used to determine whether a user is authorized to be shown values.
 * When empty, all authenticated users are authorized.
 */
@ConfigurationProperties("management.endpoint.workflowruns")
public record WorkflowRunsEndpointProperties(@DefaultValue("when-authorized") Show showValues,
		@DefaultValue Set<String> roles) {

	public WorkflowRunsEndpointProperties {
		roles = Set.copyOf(roles);
	}

}
