package io.kraft.spring.boot.autoconfigure;

import io.kraft.workflow.WorkflowContext;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Kraft in a Spring Boot application. With {@code kraft.enabled=false} only the
 * {@link WorkflowContext} is left, so that beans that inject it can be created.
 */
@AutoConfiguration
@Import(EngineConfiguration.class)
public final class KraftAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WorkflowContext kraftWorkflowContext() {
		return WorkflowContext.ofCallingRun();
	}

}
