package io.kraft.engine.journal.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.module.SimpleAbstractTypeResolver;

/**
 * Sets and maps are read into those that keep the order in which they were written.
 * Otherwise the order would be that of hash codes, and those of enums and of records with
 * enums differ between processes: code that iterates would take another path on replay.
 */
final class OrderedContainers extends SimpleAbstractTypeResolver {

	private static final long serialVersionUID = 1L;

	private static final Map<Class<?>, Class<?>> ORDERED = Map.of(Set.class, LinkedHashSet.class, AbstractSet.class,
			LinkedHashSet.class, HashSet.class, LinkedHashSet.class, Map.class, LinkedHashMap.class, AbstractMap.class,
			LinkedHashMap.class, HashMap.class, LinkedHashMap.class);

	@Override
	public @Nullable JavaType findTypeMapping(DeserializationConfig config, JavaType type) {
		Class<?> ordered = ORDERED.get(type.getRawClass());
		return (ordered != null) ? config.getTypeFactory().constructSpecializedType(type, ordered) : null;
	}

}
