package io.kraft.spring.boot.autoconfigure.actuate;

import io.kraft.client.WorkflowClient;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.backup.NamedBackups;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The endpoints {@code workflowruns}, {@code workflowschedules}, {@code workflowqueues},
 * {@code workflowbackups} and {@code workflowreplay}, each where it is exposed.
 */
@AutoConfiguration(after = KraftAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(WorkflowClient.class)
public final class KraftEndpointAutoConfiguration {

	/**
	 * Runs.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnAvailableEndpoint(WorkflowRunsEndpoint.class)
	@EnableConfigurationProperties(WorkflowRunsEndpointProperties.class)
	static class Runs {

		@Bean
		@ConditionalOnMissingBean
		WorkflowRunsEndpoint kraftWorkflowRunsEndpoint(WorkflowClient client,
				WorkflowRunsEndpointProperties properties) {
			return new WorkflowRunsEndpoint(client, properties.showValues());
		}

		@Bean
		@ConditionalOnBean(WorkflowRunsEndpoint.class)
		@ConditionalOnMissingBean
		WorkflowRunsEndpointWebExtension kraftWorkflowRunsEndpointWebExtension(WorkflowRunsEndpoint endpoint,
				WorkflowRunsEndpointProperties properties) {
			return new WorkflowRunsEndpointWebExtension(endpoint, properties.showValues(), properties.roles());
		}

	}

	/**
	 * Schedules.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnAvailableEndpoint(WorkflowSchedulesEndpoint.class)
	static class Schedules {

		@Bean
		@ConditionalOnMissingBean
		WorkflowSchedulesEndpoint kraftWorkflowSchedulesEndpoint(WorkflowClient client) {
			return new WorkflowSchedulesEndpoint(client);
		}

		@Bean
		@ConditionalOnBean(WorkflowSchedulesEndpoint.class)
		@ConditionalOnMissingBean
		WorkflowSchedulesEndpointWebExtension kraftWorkflowSchedulesEndpointWebExtension(
				WorkflowSchedulesEndpoint endpoint) {
			return new WorkflowSchedulesEndpointWebExtension(endpoint);
		}

	}

	/**
	 * Backups.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnAvailableEndpoint(WorkflowBackupsEndpoint.class)
	@ConditionalOnBean(NamedBackups.class)
	static class Backups {

		@Bean
		@ConditionalOnMissingBean
		WorkflowBackupsEndpoint kraftWorkflowBackupsEndpoint(NamedBackups backups) {
			return new WorkflowBackupsEndpoint(backups);
		}

		@Bean
		@ConditionalOnBean(WorkflowBackupsEndpoint.class)
		@ConditionalOnMissingBean
		WorkflowBackupsEndpointWebExtension kraftWorkflowBackupsEndpointWebExtension(WorkflowBackupsEndpoint endpoint) {
			return new WorkflowBackupsEndpointWebExtension(endpoint);
		}

	}

	/**
	 * The replay of waiting runs.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnAvailableEndpoint(WorkflowReplayEndpoint.class)
	static class Replay {

		@Bean
		@ConditionalOnMissingBean
		WorkflowReplayEndpoint kraftWorkflowReplayEndpoint(WorkflowClient client) {
			return new WorkflowReplayEndpoint(client);
		}

		@Bean
		@ConditionalOnBean(WorkflowReplayEndpoint.class)
		@ConditionalOnMissingBean
		WorkflowReplayEndpointWebExtension kraftWorkflowReplayEndpointWebExtension(WorkflowReplayEndpoint endpoint) {
			return new WorkflowReplayEndpointWebExtension(endpoint);
		}

	}

	/**
	 * Queues.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnAvailableEndpoint(WorkflowQueuesEndpoint.class)
	static class Queues {

		@Bean
		@ConditionalOnMissingBean
		WorkflowQueuesEndpoint kraftWorkflowQueuesEndpoint(WorkflowClient client) {
			return new WorkflowQueuesEndpoint(client);
		}

		@Bean
		@ConditionalOnBean(WorkflowQueuesEndpoint.class)
		@ConditionalOnMissingBean
		WorkflowQueuesEndpointWebExtension kraftWorkflowQueuesEndpointWebExtension(WorkflowQueuesEndpoint endpoint) {
			return new WorkflowQueuesEndpointWebExtension(endpoint);
		}

	}

}
