package io.kraft.spring.boot.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Properties {@code kraft.*} are set that do not exist. The message has each of them,
 * where it is set, and which ones are probably meant.
 */
final class UnknownPropertiesException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnknownPropertiesException(Collection<ConfigurationProperty> unknown, DeclaredProperties declared) {
		super(describe(unknown, NearestNames.of(declared)));
	}

	private static String describe(Collection<ConfigurationProperty> unknown, NearestNames nearest) {
		return unknown.stream()
			.map((property) -> "The property '" + property.getName() + "' (" + property.getOrigin()
					+ ") does not exist." + suggestion(nearest.to(property.getName())) + hint(property.getName()))
			.collect(Collectors.joining("\n"));
	}

	private static String suggestion(List<String> names) {
		return switch (names.size()) {
			case 0 -> "";
			case 1 -> " Is '" + names.getFirst() + "' meant?";
			default -> " Is one of '" + String.join("', '", names) + "' meant?";
		};
	}

	private static String hint(ConfigurationPropertyName name) {
		return NearestNames.MAPS.stream()
			.filter((prefix) -> prefix.isAncestorOf(name))
			.findFirst()
			.map((prefix) -> " A name with dots is written in brackets, and an attribute follows, as in '" + prefix
					+ "[Payments.charge].retry.max-attempts'.")
			.orElse("");
	}

}
