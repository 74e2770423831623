package io.kraft.spring.boot.autoconfigure.actuate;

import io.kraft.engine.KraftEngine;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * The health component {@code kraft}.
 */
@AutoConfiguration(after = KraftAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(KraftEngine.class)
@ConditionalOnEnabledHealthIndicator("kraft")
public final class KraftHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "kraftHealthContributor")
	HealthContributor kraftHealthContributor(KraftEngine engine) {
		return new KraftHealthIndicator(engine::health);
	}

}
