package io.kraft.spring.boot.autoconfigure.observation;

import java.util.HashMap;
import java.util.Map;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;

/**
 * Writes the trace that the calling thread is part of as the fields of a header, which a
 * run keeps.
 */
final class TraceCarrier implements TraceSource {

	/** Stored permanently: what is longer is left out, as if there were no trace. */
	private static final int MAX_LENGTH = 2048;

	private final Tracer tracer;

	private final Propagator propagator;

	TraceCarrier(Tracer tracer, Propagator propagator) {
		this.tracer = tracer;
		this.propagator = propagator;
	}

	@Override
	public Map<String, String> current() {
		Span span = this.tracer.currentSpan();
		if (span == null) {
			return Map.of();
		}
		Map<String, String> fields = new HashMap<>();
		this.propagator.inject(span.context(), fields, (carrier, key, value) -> fields.put(key, value));
		return (length(fields) <= MAX_LENGTH) ? fields : Map.of();
	}

	private static int length(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.mapToInt((field) -> field.getKey().length() + field.getValue().length())
			.sum();
	}

}
