package io.kraft.spring.boot.autoconfigure.observation;

import io.kraft.engine.KraftEngine;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.KraftProperties;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Gauges of the engine, which Boot binds to the application's registries.
 */
@AutoConfiguration(after = KraftAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(KraftEngine.class)
public final class KraftMeterAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "kraftMeterBinder")
	MeterBinder kraftMeterBinder(KraftEngine engine, KraftProperties properties) {
		return new EngineMeterBinder(engine, properties.metrics().stuckAfter());
	}

	@Bean
	@ConditionalOnMissingBean(name = "kraftJournalSize")
	@ConditionalOnProperty(name = "kraft.storage.type", havingValue = "rocksdb", matchIfMissing = true)
	MeterBinder kraftJournalSize(KraftProperties properties) {
		return new DirectorySize(properties.storage().directory());
	}

}
