package io.kraft.engine.journal.json;

import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import tools.jackson.databind.introspect.AnnotatedClass;

/**
 * Which classes belong to a sealed family of the application, and by which name they are
 * distinguished: the simple name of the class, or the one in {@code @JsonTypeName}.
 * <p>
 * Sealed types of the JDK ({@code ConstantDesc} is implemented by {@code String}) and of
 * Jackson do not count, nor does an enum whose constants have bodies, although its class
 * is sealed.
 */
final class SealedTypes {

	/** Property that holds the name. */
	static final String PROPERTY = "@type";

	private SealedTypes() {
	}

	/**
	 * The sealed types of the application among the type itself and all its supertypes;
	 * empty if it belongs to none.
	 */
	static Set<Class<?>> familiesOf(Class<?> type) {
		Set<Class<?>> families = new LinkedHashSet<>();
		Set<Class<?>> seen = new LinkedHashSet<>();
		Deque<Class<?>> open = new ArrayDeque<>();
		open.add(type);
		while (!open.isEmpty()) {
			Class<?> next = open.remove();
			if (!seen.add(next)) {
				continue;
			}
			if (next.isSealed() && !next.isEnum() && !isForeign(next)) {
				families.add(next);
			}
			if (next.getSuperclass() != null) {
				open.add(next.getSuperclass());
			}
			open.addAll(List.of(next.getInterfaces()));
		}
		return families;
	}

	/**
	 * The classes of which a value of the sealed type may be, by name: those that it
	 * permits, at any depth, and itself if it is not abstract.
	 * @throws UnsupportedTypeException if two have one name
	 */
	static Map<String, Class<?>> membersOf(Class<?> family) {
		Map<String, Class<?>> members = new LinkedHashMap<>();
		collect(family, family, members);
		return members;
	}

	/**
	 * Whether values of exactly this class may exist.
	 */
	static boolean isConcrete(Class<?> type) {
		return type.isEnum() || !Modifier.isAbstract(type.getModifiers());
	}

	private static void collect(Class<?> family, Class<?> type, Map<String, Class<?>> members) {
		if (isConcrete(type) || !type.isSealed()) {
			String name = nameOf(type);
			Class<?> namesake = members.putIfAbsent(name, type);
			if (namesake != null && namesake != type) {
				throw new UnsupportedTypeException(
						"the sealed type " + family.getName() + " permits two classes with the name '" + name + "': "
								+ namesake.getName() + " and " + type.getName(),
						"Rename one, or give one another name with @JsonTypeName.");
			}
		}
		if (type.isSealed() && !type.isEnum()) {
			for (Class<?> permitted : type.getPermittedSubclasses()) {
				collect(family, permitted, members);
			}
		}
	}

	static String nameOf(Class<?> type) {
		JsonTypeName annotation = type.getAnnotation(JsonTypeName.class);
		return (annotation != null && !annotation.value().isEmpty()) ? annotation.value() : type.getSimpleName();
	}

	/**
	 * The class that a value is written as: for an enum constant with a body its enum.
	 */
	static Class<?> declaringClass(Class<?> type) {
		Class<?> parent = type.getSuperclass();
		return (parent != null && parent.isEnum()) ? parent : type;
	}

	/**
	 * Whether the application, or a library, defines itself how its classes are
	 * distinguished.
	 */
	static boolean isAnnotated(AnnotatedClass type) {
		return type.hasAnnotation(JsonTypeInfo.class);
	}

	private static boolean isForeign(Class<?> type) {
		return PlatformTypes.contains(type) || type.getName().startsWith("tools.jackson.");
	}

}
