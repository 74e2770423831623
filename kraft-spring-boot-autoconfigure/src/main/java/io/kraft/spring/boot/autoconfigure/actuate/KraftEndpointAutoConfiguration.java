package io.kraft.spring.boot.autoconfigure.actuate;

import io.kraft.client.WorkflowClient;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * The endpoint {@code workflows}, where it is exposed.
 */
@AutoConfiguration(after = KraftAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(WorkflowClient.class)
@ConditionalOnAvailableEndpoint(WorkflowsEndpoint.class)
public final class KraftEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WorkflowsEndpoint kraftWorkflowsEndpoint(WorkflowClient client) {
		return new WorkflowsEndpoint(client);
	}

	@Bean
	@ConditionalOnBean(WorkflowsEndpoint.class)
	@ConditionalOnMissingBean
	WorkflowsEndpointWebExtension kraftWorkflowsEndpointWebExtension(WorkflowsEndpoint endpoint) {
		return new WorkflowsEndpointWebExtension(endpoint);
	}

}
