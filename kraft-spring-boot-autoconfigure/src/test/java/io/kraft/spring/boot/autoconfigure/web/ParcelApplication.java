package io.kraft.spring.boot.autoconfigure.web;

import io.kraft.workflow.WorkQueue;
import io.kraft.workflow.WorkflowContext;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application that serves the web API.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ParcelApplication {

	@Bean
	Parcels parcels(WorkflowContext context) {
		return new Parcels(context);
	}

	@Bean
	WorkQueue stamps() {
		return WorkQueue.named("stamps");
	}

}
