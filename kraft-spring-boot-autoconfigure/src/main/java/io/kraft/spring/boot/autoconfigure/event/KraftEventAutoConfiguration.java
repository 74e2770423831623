package io.kraft.spring.boot.autoconfigure.event;

import io.kraft.client.WorkflowClient;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Publishes workflow events in the application.
 */
@AutoConfiguration(after = KraftAutoConfiguration.class)
@ConditionalOnBean(WorkflowClient.class)
public final class KraftEventAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WorkflowEventPublisher kraftWorkflowEventPublisher(WorkflowClient client, AbstractApplicationContext context) {
		return new WorkflowEventPublisher(client, context);
	}

}
