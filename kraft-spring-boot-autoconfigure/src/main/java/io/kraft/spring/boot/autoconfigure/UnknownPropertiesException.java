package io.kraft.spring.boot.autoconfigure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Properties {@code kraft.*} are set that do not exist. The message has each of them,
 * where it is set, and which one is probably meant.
 */
final class UnknownPropertiesException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** Edit distance up to which a name is suggested. */
	private static final int MOST_MISTYPED = 5;

	private static final List<ConfigurationPropertyName> WITH_NAMES = Stream.of("steps", "workflows", "queues")
		.map(UnknownPropertyCheck.PREFIX::append)
		.toList();

	UnknownPropertiesException(Collection<ConfigurationProperty> unknown, Set<ConfigurationPropertyName> known) {
		super(unknown.stream().map((property) -> describe(property, known)).collect(Collectors.joining("\n")));
	}

	private static String describe(ConfigurationProperty property, Set<ConfigurationPropertyName> known) {
		String nearest = nearest(property.getName().toString(), known).map((name) -> " Is '" + name + "' meant?")
			.orElse("");
		return "The property '" + property.getName() + "' (" + property.getOrigin() + ") does not exist." + nearest
				+ hint(property.getName());
	}

	private static Optional<String> nearest(String name, Set<ConfigurationPropertyName> known) {
		return known.stream()
			.map(ConfigurationPropertyName::toString)
			.filter((other) -> EditDistance.of(name, other) <= MOST_MISTYPED)
			.min(Comparator.comparingInt((other) -> EditDistance.of(name, other)));
	}

	private static String hint(ConfigurationPropertyName name) {
		return WITH_NAMES.stream()
			.filter((prefix) -> prefix.isAncestorOf(name))
			.findFirst()
			.map((prefix) -> " A name with dots is written in brackets, and an attribute follows, as in '" + prefix
					+ "[Payments.charge].retry.max-attempts'.")
			.orElse("");
	}

}
