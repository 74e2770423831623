package io.kraft.spring.boot.web;

import java.util.List;

import io.kraft.client.WorkflowClient;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Keeps tokens of callbacks out of traces: spans of requests, those that the application
 * answers and those that it sends, have the path of their URL.
 */
@AutoConfiguration(after = KraftAutoConfiguration.class)
@ConditionalOnClass(ObservationFilter.class)
@ConditionalOnBean(WorkflowClient.class)
public final class KraftTokenMaskAutoConfiguration {

	/** The names of Spring's conventions, its own and that of OpenTelemetry. */
	private static final List<String> URLS = List.of("http.url", "url.path");

	@Bean
	ObservationFilter kraftTokenMask() {
		return KraftTokenMaskAutoConfiguration::masked;
	}

	private static Observation.Context masked(Observation.Context context) {
		URLS.forEach((name) -> mask(name, context));
		return context;
	}

	private static void mask(String name, Observation.Context context) {
		KeyValue url = context.getHighCardinalityKeyValue(name);
		if (url != null) {
			String masked = MaskedPaths.in(url.getValue());
			if (!masked.equals(url.getValue())) {
				context.addHighCardinalityKeyValue(KeyValue.of(name, masked));
			}
		}
	}

}
