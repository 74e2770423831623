package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.Locale;

import io.kraft.engine.KraftEngine;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.KraftProperties;

import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Kraft in the endpoint {@code info}.
 */
@AutoConfiguration(after = KraftAutoConfiguration.class)
@ConditionalOnClass({ InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
@ConditionalOnBean(KraftEngine.class)
@ConditionalOnEnabledInfoContributor("kraft")
@EnableConfigurationProperties(KraftProperties.class)
public final class KraftInfoContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "kraftInfoContributor")
	InfoContributor kraftInfoContributor(KraftEngine engine, KraftProperties properties) {
		return new KraftInfoContributor(engine, properties.storage().type().name().toLowerCase(Locale.ROOT));
	}

}
