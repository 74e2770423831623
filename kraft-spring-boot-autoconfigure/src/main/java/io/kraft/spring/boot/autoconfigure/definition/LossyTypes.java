package io.kraft.spring.boot.autoconfigure.definition;

import java.io.Serializable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Set;

import org.springframework.core.annotation.MergedAnnotations;

/**
 * Types that do not say which class a value has when it is read back: {@code Object},
 * variables, wildcards, raw types, and abstract types that are neither sealed nor known
 * to Jackson by an annotation.
 */
final class LossyTypes {

	private static final Set<Class<?>> OPEN = Set.of(Object.class, Serializable.class, Comparable.class,
			Cloneable.class);

	private LossyTypes() {
	}

	static boolean contains(Type type) {
		if (type instanceof Class<?> plain) {
			return plain.isArray() ? contains(plain.getComponentType())
					: isOpen(plain) || plain.getTypeParameters().length > 0;
		}
		if (type instanceof ParameterizedType parameterized) {
			return isOpen((Class<?>) parameterized.getRawType())
					|| Arrays.stream(parameterized.getActualTypeArguments()).anyMatch(LossyTypes::contains);
		}
		return !(type instanceof GenericArrayType array) || contains(array.getGenericComponentType());
	}

	private static boolean isOpen(Class<?> type) {
		if (OPEN.contains(type)) {
			return true;
		}
		boolean isAbstract = Modifier.isAbstract(type.getModifiers()) && !type.isPrimitive() && !type.isEnum();
		return isAbstract && !type.isSealed() && !type.getName().startsWith("java.") && !isKnownToJackson(type);
	}

	private static boolean isKnownToJackson(Class<?> type) {
		MergedAnnotations annotations = MergedAnnotations.from(type, MergedAnnotations.SearchStrategy.TYPE_HIERARCHY);
		return annotations.isPresent("com.fasterxml.jackson.annotation.JsonTypeInfo")
				|| annotations.isPresent("tools.jackson.databind.annotation.JsonDeserialize");
	}

}
