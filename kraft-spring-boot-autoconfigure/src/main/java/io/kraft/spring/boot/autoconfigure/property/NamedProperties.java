package io.kraft.spring.boot.autoconfigure.property;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Properties {@code <prefix>.<name>.<attribute>}, where the names are the application's
 * own and may have dots and capitals. Thread-safe.
 * <p>
 * Spring's binding of a map would see in {@code kraft.steps.Payments.charge.timeout} an
 * entry {@code Payments} that has no time-out, and silently drop it. Here each name that
 * the application has is looked up, in both ways in which it can be written:
 * {@code [Payments.charge]} means this very name; {@code Payments.charge} and what Spring
 * takes for the same ({@code payments.charge}, {@code PAYMENTS_CHARGE} in an environment
 * variable) means any name that differs in capitals, dashes and underscores only. The
 * attributes determine where a name ends. A property source takes precedence over those
 * behind it, however the name is written.
 */
final class NamedProperties {

	/** Spring leaves other characters out where a name has no brackets. */
	private static final Pattern WITHOUT_BRACKETS = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

	private final ConfigurationPropertyName prefix;

	private final List<ConfigurationPropertyName> attributes;

	private final Iterable<ConfigurationPropertySource> sources;

	private final Binder binder;

	private final NavigableSet<String> names = new ConcurrentSkipListSet<>();

	/**
	 * @param attributes all that there are
	 */
	NamedProperties(String prefix, List<String> attributes, Iterable<ConfigurationPropertySource> sources,
			Binder binder) {
		this.prefix = ConfigurationPropertyName.of(prefix);
		this.attributes = attributes.stream().map(ConfigurationPropertyName::of).toList();
		this.sources = sources;
		this.binder = binder;
	}

	/**
	 * What is set for a name, which from now on is known.
	 */
	Named of(String name) {
		this.names.add(name);
		return new Named(written(name));
	}

	/**
	 * Names that properties give besides those that are given: for what needs no other
	 * declaration. A name without brackets is as it is written where it is found first;
	 * environment variables, which have neither capitals nor dashes, are read last.
	 */
	Set<String> furtherNames(Collection<String> given) {
		List<String> known = new ArrayList<>(given);
		for (ConfigurationPropertyName name : written((source) -> !isVariables(source))) {
			if (known.stream().noneMatch((other) -> written(other).contains(name))) {
				known.add(text(name));
			}
		}
		for (ConfigurationPropertyName name : written(NamedProperties::isVariables)) {
			// KRAFT_…_A_B may mean a-b as well as a.b.
			if (known.stream().noneMatch((other) -> letters(other).equals(letters(text(name))))) {
				known.add(text(name));
			}
		}
		return new LinkedHashSet<>(known.subList(given.size(), known.size()));
	}

	private List<ConfigurationPropertyName> written(Predicate<ConfigurationPropertySource> wanted) {
		return StreamSupport.stream(this.sources.spliterator(), false)
			.filter(wanted)
			.filter(IterableConfigurationPropertySource.class::isInstance)
			.flatMap((source) -> ((IterableConfigurationPropertySource) source).stream())
			.flatMap((property) -> nameIn(property).stream())
			.toList();
	}

	private static boolean isVariables(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
	}

	/** The part of a property that ends with the name; empty if no attribute follows. */
	private Optional<ConfigurationPropertyName> nameIn(ConfigurationPropertyName property) {
		return covers(property)
				? attributeOf(property)
					.map((attribute) -> property.chop(property.getNumberOfElements() - attribute.getNumberOfElements()))
				: Optional.empty();
	}

	private Optional<ConfigurationPropertyName> attributeOf(ConfigurationPropertyName property) {
		return this.attributes.stream().filter((candidate) -> endsWith(property, candidate)).findFirst();
	}

	private String text(ConfigurationPropertyName name) {
		return IntStream.range(this.prefix.getNumberOfElements(), name.getNumberOfElements())
			.mapToObj((element) -> name.getElement(element, Form.ORIGINAL))
			.collect(Collectors.joining("."));
	}

	private static String letters(String name) {
		return name.replaceAll("[._-]", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Whether a property is one of these, if its name and its attribute exist.
	 */
	boolean covers(ConfigurationPropertyName property) {
		return this.prefix.isAncestorOf(property);
	}

	/**
	 * Why a property that these cover has no effect, or not the one that is meant, with
	 * the fix; null if it is valid.
	 */
	@Nullable String faultOf(ConfigurationPropertyName property) {
		Optional<ConfigurationPropertyName> attribute = attributeOf(property);
		if (attribute.isEmpty()) {
			return "does not exist and has no effect. After the name follows one of "
					+ this.attributes.stream().map(Object::toString).collect(Collectors.joining(", ")) + ".";
		}
		ConfigurationPropertyName named = property
			.chop(property.getNumberOfElements() - attribute.get().getNumberOfElements());
		List<String> meant = this.names.stream().filter((name) -> written(name).contains(named)).toList();
		if (meant.isEmpty()) {
			return "has no effect: this application has nothing of that name. Known are: " + known()
					+ ". A name with capitals or special characters is written in brackets, as " + this.prefix + "["
					+ example() + "]." + attribute.get() + ".";
		}
		if (meant.size() > 1) {
			return "holds for " + String.join(" and ", meant) + ", which are the same without brackets. Write "
					+ meant.stream().map((name) -> this.prefix + "[" + name + "]").collect(Collectors.joining(" or "))
					+ ".";
		}
		return null;
	}

	private String known() {
		return this.names.isEmpty() ? "none" : String.join(", ", this.names);
	}

	private String example() {
		return this.names.isEmpty() ? "Payments.charge" : this.names.first();
	}

	private static boolean endsWith(ConfigurationPropertyName property, ConfigurationPropertyName attribute) {
		int before = property.getNumberOfElements() - attribute.getNumberOfElements();
		return before > 0 && property.subName(before).equals(attribute);
	}

	/**
	 * The ways in which a name can be written, the exact one first. A name such as
	 * {@code order} is the same with brackets and without.
	 */
	private Set<ConfigurationPropertyName> written(String name) {
		ConfigurationPropertyName relaxed = WITHOUT_BRACKETS.matcher(name).matches()
				? this.prefix.append(ConfigurationPropertyName.adapt(name, '.')) : null;
		ConfigurationPropertyName exact = ConfigurationPropertyName.ofIfValid(this.prefix + "[" + name + "]");
		Set<ConfigurationPropertyName> written = new LinkedHashSet<>();
		if (exact != null && (relaxed == null || !exact.equals(relaxed))) {
			written.add(exact);
		}
		if (relaxed != null) {
			written.add(relaxed);
		}
		return written;
	}

	/**
	 * What is set for one name.
	 */
	final class Named {

		private final Set<ConfigurationPropertyName> written;

		private Named(Set<ConfigurationPropertyName> written) {
			this.written = written;
		}

		/**
		 * The value of an attribute; an empty text counts as absent.
		 * @param check is called with the property and its value
		 */
		<T> Optional<T> get(String attribute, Class<T> type, Check<T> check) {
			return find(attribute).flatMap((property) -> {
				T value = NamedProperties.this.binder.bind(property, Bindable.of(type)).orElse(null);
				if (value != null) {
					check.accept(property.toString(), value);
				}
				return Optional.ofNullable(value);
			});
		}

		/**
		 * The property of an attribute, for people.
		 */
		String property(String attribute) {
			return find(attribute).orElseGet(() -> this.written.iterator().next().append(attribute)).toString();
		}

		private Optional<ConfigurationPropertyName> find(String attribute) {
			for (ConfigurationPropertySource source : NamedProperties.this.sources) {
				for (ConfigurationPropertyName name : this.written) {
					ConfigurationPropertyName property = name.append(attribute);
					if (source.getConfigurationProperty(property) != null) {
						return Optional.of(property);
					}
				}
			}
			return Optional.empty();
		}

	}

	/**
	 * Refuses values that are out of bounds.
	 */
	@FunctionalInterface
	interface Check<T> {

		void accept(String property, T value);

	}

}
