package io.kraft.spring.boot.autoconfigure.actuate;

import io.kraft.engine.KraftEngine;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.KraftProperties;
import io.kraft.spring.boot.autoconfigure.KraftProperties.Storage;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The health component {@code kraft}, which is a part of the readiness, and
 * {@code kraftPartitions}, which is not, where there are several partitions.
 */
@AutoConfiguration(after = KraftAutoConfiguration.class,
		afterName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration")
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(KraftEngine.class)
@ConditionalOnEnabledHealthIndicator(KraftHealthContributorAutoConfiguration.COMPONENT)
@EnableConfigurationProperties(KraftProperties.class)
public final class KraftHealthContributorAutoConfiguration {

	static final String COMPONENT = "kraft";

	/** No part of the readiness. */
	static final String PARTITIONS = "kraftPartitions";

	@Bean
	@ConditionalOnMissingBean(name = "kraftHealthContributor")
	HealthContributor kraftHealthContributor(KraftEngine engine, KraftProperties properties) {
		return new KraftHealthIndicator(engine::health, engine::failedPartitions, freeSpace(properties.storage()));
	}

	/** How many partitions there are is known when the engine is built. */
	@Bean
	SmartInitializingSingleton kraftPartitionsHealthRegistration(KraftEngine engine,
			ObjectProvider<HealthContributorRegistry> registry) {
		return () -> {
			if (engine.partitionCount() > 1) {
				registry.ifAvailable((present) -> present.registerContributor(PARTITIONS,
						new KraftPartitionsHealthIndicator(engine::partitions)));
			}
		};
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
