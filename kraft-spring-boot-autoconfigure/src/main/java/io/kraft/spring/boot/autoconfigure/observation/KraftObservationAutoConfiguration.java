package io.kraft.spring.boot.autoconfigure.observation;

import java.util.Map;

import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.KraftEngineBuilderCustomizer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Observations, meters and traces of the engine, where the application has registries for
 * them. Switched off by Boot's own properties, as
 * {@code management.observations.enable.kraft=false}.
 */
@AutoConfiguration(before = KraftAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration" })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
public final class KraftObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WorkflowObservationConvention kraftWorkflowObservationConvention() {
		return new DefaultWorkflowObservationConvention();
	}

	@Bean
	@ConditionalOnMissingBean
	StepObservationConvention kraftStepObservationConvention() {
		return new DefaultStepObservationConvention();
	}

	@Bean
	KraftEngineBuilderCustomizer kraftObserverCustomizer(ObservationRegistry registry,
			WorkflowObservationConvention workflows, StepObservationConvention steps, ObjectProvider<TraceSource> trace,
			ObjectProvider<EngineMeters> meters) {
		return (builder) -> builder.observer(new MicrometerObserver(registry, workflows, steps,
				trace.getIfAvailable(() -> Map::of), meters.getIfAvailable(() -> EngineMeters.NONE)));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnSingleCandidate(MeterRegistry.class)
	static class MeterConfiguration {

		@Bean
		EngineMeters kraftEngineMeters(MeterRegistry registry) {
			return new RegistryMeters(registry);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Tracer.class, Propagator.class })
	@ConditionalOnBean({ Tracer.class, Propagator.class })
	static class TracingConfiguration {

		@Bean
		TraceSource kraftTraceSource(Tracer tracer, Propagator propagator) {
			return new TraceCarrier(tracer, propagator);
		}

	}

}
