package io.kraft.spring.boot.autoconfigure.property;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import io.kraft.spring.boot.autoconfigure.property.NamedProperties.Check;
import io.kraft.spring.boot.autoconfigure.property.NamedProperties.Named;
import io.kraft.workflow.WorkQueue;
import io.kraft.workflow.WorkQueue.Rate;
import io.kraft.workflow.WorkQueue.Retries;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The properties of one queue.
 */
final class QueueOverrides {

	private static final String RATE_MAX = "rate-limit.max";

	private static final String RATE_PERIOD = "rate-limit.period";

	static final List<String> ATTRIBUTES = List.of("concurrency", "concurrency-per-node", RATE_MAX, RATE_PERIOD,
			"retry.max-attempts", "retry.initial-delay", "retry.max-delay", "retention");

	private final Named named;

	QueueOverrides(Named named) {
		this.named = named;
	}

	WorkQueue apply(WorkQueue queue) {
		return new WorkQueue(queue.name(), count("concurrency", queue.concurrency()),
				count("concurrency-per-node", queue.concurrencyPerNode()), rate(queue.rate()), retry(queue.retry()),
				time("retention", queue.retention()));
	}

	private Optional<Rate> rate(Optional<Rate> declared) {
		Optional<Integer> max = this.named.get(RATE_MAX, Integer.class, QueueOverrides::withinRate);
		Optional<Duration> period = this.named.get(RATE_PERIOD, Duration.class, PropertyBounds::positive);
		if (declared.isEmpty()) {
			max.filter((value) -> period.isEmpty()).ifPresent((value) -> refuse(RATE_MAX, value, RATE_PERIOD));
			period.filter((value) -> max.isEmpty()).ifPresent((value) -> refuse(RATE_PERIOD, value, RATE_MAX));
		}
		return max.or(() -> declared.map(Rate::max))
			.flatMap((most) -> period.or(() -> declared.map(Rate::period)).map((within) -> new Rate(most, within)));
	}

	private static void withinRate(String property, int max) {
		PropertyBounds.within(1, Rate.MOST, "1 to " + Rate.MOST, property, max);
	}

	private void refuse(String attribute, Object value, String missing) {
		throw new InvalidConfigurationPropertyValueException(this.named.property(attribute), value,
				"A rate limit is a number and a period. Set '" + this.named.property(missing) + "', too.");
	}

	private Optional<Retries> retry(Optional<Retries> declared) {
		Retries retries = new Retries(
				count("retry.max-attempts", declared.map(Retries::maxAttempts).orElse(OptionalInt.empty())),
				time("retry.initial-delay", declared.flatMap(Retries::initialDelay)),
				time("retry.max-delay", declared.flatMap(Retries::maxDelay)));
		boolean isEmpty = retries.maxAttempts().isEmpty() && retries.initialDelay().isEmpty()
				&& retries.maxDelay().isEmpty();
		return isEmpty ? Optional.empty() : Optional.of(retries);
	}

	private OptionalInt count(String attribute, OptionalInt declared) {
		Check<Integer> check = Overrides::atLeastOne;
		return this.named.get(attribute, Integer.class, check).map(OptionalInt::of).orElse(declared);
	}

	private Optional<Duration> time(String attribute, Optional<Duration> declared) {
		return this.named.get(attribute, Duration.class, PropertyBounds::notNegative).or(() -> declared);
	}

}
