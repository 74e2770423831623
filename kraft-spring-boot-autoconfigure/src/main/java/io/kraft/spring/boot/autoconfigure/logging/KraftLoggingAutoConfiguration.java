package io.kraft.spring.boot.autoconfigure.logging;

import ch.qos.logback.classic.turbo.TurboFilter;
import io.kraft.engine.call.DurableCalls;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.KraftProperties;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Keeps log lines from being repeated on replay, for the loggers that
 * {@code kraft.logging.skip-on-replay} names.
 */
@AutoConfiguration(after = KraftAutoConfiguration.class)
@ConditionalOnClass(TurboFilter.class)
@ConditionalOnBean(DurableCalls.class)
public final class KraftLoggingAutoConfiguration {

	@Bean
	ReplayFilter kraftReplayFilter(KraftProperties properties, DurableCalls calls) {
		return new ReplayFilter(properties.logging().skipOnReplay(), calls::isReplaying);
	}

}
