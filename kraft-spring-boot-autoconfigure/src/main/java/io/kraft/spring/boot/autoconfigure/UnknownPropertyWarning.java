package io.kraft.spring.boot.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

import io.kraft.spring.boot.autoconfigure.property.Overrides;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Warns of properties {@code kraft.*} that do not exist: with a misspelt one the default
 * would silently apply. Environment variables are not checked, because Kubernetes sets
 * {@code KRAFT_…} for a service of that name.
 */
final class UnknownPropertyWarning implements SmartInitializingSingleton {

	private static final Logger log = LoggerFactory.getLogger(UnknownPropertyWarning.class);

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("kraft");

	/** Edit distance up to which a name is suggested. */
	private static final int MOST_MISTYPED = 5;

	private final ConfigurableEnvironment environment;

	private final Overrides overrides;

	UnknownPropertyWarning(ConfigurableEnvironment environment, Overrides overrides) {
		this.environment = environment;
		this.overrides = overrides;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Set<ConfigurationPropertyName> known = new TreeSet<>();
		collect(PREFIX, KraftProperties.class, known);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource names && !isSystemEnvironment(source)) {
				names.stream()
					.filter((name) -> PREFIX.isAncestorOf(name) && !known.contains(withoutIndex(name)))
					.forEach((name) -> check(name, source, known));
			}
		}
	}

	/** Of an item of a list, that of the list. */
	private static ConfigurationPropertyName withoutIndex(ConfigurationPropertyName name) {
		return name.isLastElementIndexed() ? name.getParent() : name;
	}

	private void check(ConfigurationPropertyName name, ConfigurationPropertySource source,
			Set<ConfigurationPropertyName> known) {
		if (this.overrides.covers(name)) {
			this.overrides.faultOf(name)
				.ifPresent((fault) -> log.warn("The property '{}' ({}) {}", name, origin(name, source), fault));
		}
		else {
			warn(name, source, known);
		}
	}

	private static void collect(ConfigurationPropertyName prefix, Class<?> type, Set<ConfigurationPropertyName> known) {
		for (RecordComponent component : type.getRecordComponents()) {
			ConfigurationPropertyName name = prefix.append(DataObjectPropertyName.toDashedForm(component.getName()));
			if (component.getType().isRecord()) {
				collect(name, component.getType(), known);
			}
			else {
				known.add(name);
			}
		}
	}

	private static boolean isSystemEnvironment(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof PropertySource<?> underlying
				&& underlying.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
	}

	private static void warn(ConfigurationPropertyName name, ConfigurationPropertySource source,
			Set<ConfigurationPropertyName> known) {
		String nearest = known.stream()
			.map(ConfigurationPropertyName::toString)
			.min(Comparator.comparingInt((other) -> distance(name.toString(), other)))
			.orElseThrow();
		boolean isNear = distance(name.toString(), nearest) <= MOST_MISTYPED;
		log.warn("The property '{}' ({}) does not exist and has no effect. {}", name, origin(name, source),
				isNear ? "Is '" + nearest + "' meant?" : "Those that exist are in docs/reference/properties.md.");
	}

	private static @Nullable Origin origin(ConfigurationPropertyName name, ConfigurationPropertySource source) {
		return Origin.from(source.getConfigurationProperty(name));
	}

	/** Levenshtein's distance: how many letters must be changed, added or removed. */
	private static int distance(String left, String right) {
		int[] row = new int[right.length() + 1];
		for (int column = 0; column < row.length; column++) {
			row[column] = column;
		}
		for (int line = 1; line <= left.length(); line++) {
			int diagonal = row[0];
			row[0] = line;
			for (int column = 1; column < row.length; column++) {
				int replaced = diagonal + ((left.charAt(line - 1) != right.charAt(column - 1)) ? 1 : 0);
				diagonal = row[column];
				row[column] = Math.min(replaced, Math.min(row[column], row[column - 1]) + 1);
			}
		}
		return row[right.length()];
	}

}
