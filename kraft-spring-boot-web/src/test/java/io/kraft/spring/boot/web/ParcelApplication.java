package io.kraft.spring.boot.web;

import io.kraft.workflow.WorkQueue;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * An application that serves the web API.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ Parcels.class, OwnEventLoops.class })
class ParcelApplication {

	@Bean
	WorkQueue stamps() {
		return WorkQueue.named("stamps");
	}

}
