package io.kraft.spring.boot.autoconfigure.property;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Properties {@code <prefix>[<name>].*}, as Spring Boot binds them to a map, and the
 * names of the application to which they apply. Thread-safe.
 * <p>
 * A name is a key of the map. Environment variables have neither capitals nor dashes nor
 * dots inside a key: a key of that form also stands for a name that is the same without
 * them.
 *
 * @param <T> the properties of one name
 */
final class NamedProperties<T extends NamedProperties.Bounded> {

	private final String prefix;

	private final Map<String, T> byKey;

	private final Map<String, Set<String>> namesByKey = new ConcurrentHashMap<>();

	private final Set<String> names = new ConcurrentSkipListSet<>();

	/**
	 * Properties whose values are within their bounds.
	 * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException
	 * if one is not
	 */
	NamedProperties(String prefix, Map<String, T> byKey) {
		this.prefix = prefix;
		this.byKey = Map.copyOf(byKey);
		this.byKey.forEach((key, properties) -> properties.check(property(key)));
	}

	/**
	 * What is set for a name, which from now on is known; empty if nothing is.
	 */
	Optional<Named<T>> of(String name) {
		this.names.add(name);
		return Stream.of(name, asVariable(name))
			.flatMap((key) -> Optional.ofNullable(this.byKey.get(key)).map((found) -> use(key, name, found)).stream())
			.findFirst();
	}

	private Named<T> use(String key, String name, T properties) {
		this.namesByKey.computeIfAbsent(key, (absent) -> new ConcurrentSkipListSet<>()).add(name);
		return new Named<>(property(key), properties);
	}

	/**
	 * Names that properties give besides those that are given: for what needs no other
	 * declaration.
	 */
	List<String> furtherNames(Collection<String> given) {
		return this.byKey.keySet()
			.stream()
			.filter((key) -> !given.contains(key) && !isVariableOf(key, given)
					&& !isVariableOf(key, this.byKey.keySet()))
			.sorted()
			.toList();
	}

	/**
	 * What has no effect, or not the one that is meant, with the fix: a sentence each.
	 */
	List<String> warnings() {
		return this.byKey.keySet().stream().sorted().flatMap((key) -> warning(key).stream()).toList();
	}

	private Optional<String> warning(String key) {
		Set<String> uses = this.namesByKey.getOrDefault(key, Set.of());
		if (uses.size() > 1) {
			return Optional.of("The properties '" + property(key) + ".*' apply to " + String.join(" and ", uses)
					+ ". Set those of one of them separately, with its name in brackets.");
		}
		if (!uses.isEmpty()) {
			return Optional.empty();
		}
		List<String> same = this.byKey.keySet()
			.stream()
			.filter((other) -> !other.equals(key) && asVariable(other).equals(key))
			.toList();
		if (same.isEmpty()) {
			return Optional.of("The properties '" + property(key)
					+ ".*' have no effect: this application has nothing of that name. Known are: "
					+ (this.names.isEmpty() ? "none" : String.join(", ", this.names)) + ".");
		}
		// Boot's binding gives both keys the same values, where they differ in dashes
		// only.
		return same.stream()
			.filter((other) -> !Objects.equals(this.byKey.get(other), this.byKey.get(key)))
			.findFirst()
			.map((other) -> "The properties '" + property(key) + ".*' have no effect, because '" + property(other)
					+ ".*' are set, too. Set them in one place.");
	}

	/** Whether other names are this one when they are written as a variable. */
	private static boolean isVariableOf(String key, Collection<String> names) {
		return names.stream().anyMatch((name) -> !name.equals(key) && asVariable(name).equals(key));
	}

	private static String asVariable(String name) {
		return name.replaceAll("[._-]", "").toLowerCase(Locale.ROOT);
	}

	private String property(String key) {
		boolean needsBrackets = key.contains(".") || !ConfigurationPropertyName.isValid(key);
		return needsBrackets ? this.prefix + "[" + key + "]" : this.prefix + "." + key;
	}

	/**
	 * What is set for one name.
	 *
	 * @param prefix of its properties, as a user writes it
	 * @param properties with their values
	 */
	record Named<T>(String prefix, T properties) {
	}

	/**
	 * Properties whose values have bounds.
	 */
	interface Bounded {

		/**
		 * Refuses a value that is out of its bounds.
		 * @param prefix of the properties, as a user writes it
		 * @throws org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException
		 * if one is
		 */
		void check(String prefix);

	}

}
