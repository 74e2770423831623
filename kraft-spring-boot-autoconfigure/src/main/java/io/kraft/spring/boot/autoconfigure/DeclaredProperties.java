package io.kraft.spring.boot.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;

/**
 * The names of properties that records declare, also in groups of which no property is
 * set: a binding does not look into those. The key of a map is {@link #ANY}.
 */
final class DeclaredProperties {

	/** Stands for each key of a map. */
	static final String ANY = "*";

	private final Set<ConfigurationPropertyName> names = new HashSet<>();

	/**
	 * Adds the names below a prefix; none if the type is not a record.
	 */
	void add(ConfigurationPropertyName prefix, Class<?> type) {
		if (type.isRecord()) {
			for (RecordComponent component : type.getRecordComponents()) {
				add(prefix.append(DataObjectPropertyName.toDashedForm(component.getName())),
						ResolvableType.forType(component.getGenericType()));
			}
		}
	}

	private void add(ConfigurationPropertyName name, ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		if (raw.isRecord()) {
			add(name, raw);
		}
		else if (Map.class.isAssignableFrom(raw)) {
			add(name.append("[" + ANY + "]"), type.asMap().getGeneric(1));
		}
		else {
			this.names.add(name);
		}
	}

	/**
	 * The names so far: of values, not of groups.
	 */
	Set<ConfigurationPropertyName> names() {
		return this.names;
	}

}
