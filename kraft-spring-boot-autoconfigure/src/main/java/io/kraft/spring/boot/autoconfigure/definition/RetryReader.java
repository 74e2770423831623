package io.kraft.spring.boot.autoconfigure.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.definition.RetryPolicy;
import io.kraft.workflow.Exhausted;
import io.kraft.workflow.Retry;

import org.springframework.core.annotation.MergedAnnotation;

/**
 * From {@link Retry} to a policy, attribute by attribute: what is left out comes from the
 * defaults.
 */
final class RetryReader {

	private final RetryPolicy defaults;

	RetryReader(RetryPolicy defaults) {
		this.defaults = defaults;
	}

	RetryPolicy read(MergedAnnotation<Retry> retry, AttributeReader attributes) {
		Duration initialDelay = attributes.duration("retry.initialDelay", retry.getString("initialDelay"));
		Duration maxDelay = attributes.duration("retry.maxDelay", retry.getString("maxDelay"));
		return new RetryPolicy(maxAttempts(retry.getInt("maxAttempts"), attributes),
				(initialDelay != null) ? initialDelay : this.defaults.initialDelay(),
				multiplier(retry.getDouble("multiplier"), attributes),
				(maxDelay != null) ? maxDelay : this.defaults.maxDelay(), jitter(retry.getDouble("jitter"), attributes),
				noRetryFor(retry), onExhausted(retry, attributes));
	}

	private int maxAttempts(int value, AttributeReader attributes) {
		boolean isGiven = value != Integer.MIN_VALUE
				&& attributes.check(value >= 1, "retry.maxAttempts", "at least 1", value);
		return isGiven ? value : this.defaults.maxAttempts();
	}

	private Exhausted onExhausted(MergedAnnotation<Retry> retry, AttributeReader attributes) {
		Exhausted[] values = retry.getEnumArray("onExhausted", Exhausted.class);
		boolean isValid = attributes.check(values.length <= 1, "retry.onExhausted", "one value at most", values.length);
		return (isValid && values.length == 1) ? values[0] : this.defaults.onExhausted();
	}

	private double multiplier(double value, AttributeReader attributes) {
		boolean isValid = value == 0 || (value >= 1 && Double.isFinite(value));
		boolean isGiven = attributes.check(isValid, "retry.multiplier", "at least 1", value) && value != 0;
		return isGiven ? value : this.defaults.multiplier();
	}

	private double jitter(double value, AttributeReader attributes) {
		boolean isGiven = attributes.check(value <= 1, "retry.jitter", "0 to 1", value) && value >= 0;
		return isGiven ? value : this.defaults.jitter();
	}

	private List<Class<? extends Throwable>> noRetryFor(MergedAnnotation<Retry> retry) {
		Class<?>[] types = retry.getClassArray("noRetryFor");
		if (types.length == 0) {
			return this.defaults.noRetryFor();
		}
		List<Class<? extends Throwable>> failures = new ArrayList<>();
		for (Class<?> type : types) {
			failures.add(type.asSubclass(Throwable.class));
		}
		return failures;
	}

}
