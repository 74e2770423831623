package io.kraft.spring.boot.autoconfigure.actuate;

import io.kraft.engine.KraftEngine;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.KraftProperties;
import io.kraft.spring.boot.autoconfigure.KraftProperties.Storage;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The health component {@code kraft}, which is a part of the readiness.
 */
@AutoConfiguration(after = KraftAutoConfiguration.class,
		afterName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration")
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(KraftEngine.class)
@ConditionalOnEnabledHealthIndicator(KraftHealthContributorAutoConfiguration.COMPONENT)
@EnableConfigurationProperties(KraftProperties.class)
public final class KraftHealthContributorAutoConfiguration {

	static final String COMPONENT = "kraft";

	@Bean
	@ConditionalOnMissingBean(name = "kraftHealthContributor")
	HealthContributor kraftHealthContributor(KraftEngine engine, KraftProperties properties) {
		return new KraftHealthIndicator(engine::health, freeSpace(properties.storage()));
	}

	private static @Nullable FreeSpace freeSpace(Storage storage) {
		boolean isChecked = storage.type() == Storage.Type.ROCKSDB && storage.minFreeSpace().toBytes() > 0;
		return isChecked ? new FreeSpace(storage.directory(), storage.minFreeSpace()) : null;
	}

	/**
	 * Where the actuator is, and so are groups.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HealthEndpointGroups.class)
	static class ReadinessConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ReadinessGroupPostProcessor kraftReadinessGroupPostProcessor(Environment environment) {
			return new ReadinessGroupPostProcessor(environment);
		}

	}

}
