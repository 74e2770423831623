package io.kraft.engine.journal.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Calendar;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * Which classes may be keys of a map. In JSON a key is a text: a class can be read back
 * if it can be made from one.
 */
final class KeyTypes {

	static final String FIX = "Use a text, a number, an enum or a time as the key, a List of entries in place of "
			+ "the map, or give the class a constructor, or a static method valueOf or fromString, that takes what "
			+ "its toString() returns.";

	private static final Set<Class<?>> UNREADABLE = Set.of(Collection.class, Map.class, Map.Entry.class, Optional.class,
			Calendar.class, AtomicInteger.class, AtomicLong.class, AtomicBoolean.class, AtomicReference.class);

	private KeyTypes() {
	}

	/**
	 * Whether keys of the class can be read back.
	 * @param serializer that Jackson has chosen; one of the application is trusted
	 */
	static boolean canBeRead(Class<?> type, ValueSerializer<?> serializer, BeanDescription.Supplier description) {
		if (type.isArray() || UNREADABLE.stream().anyMatch((unreadable) -> unreadable.isAssignableFrom(type))) {
			return false;
		}
		if (type.isEnum() || type == Object.class || PlatformTypes.contains(type)
				|| !serializer.getClass().getName().startsWith("tools.jackson.")) {
			return true;
		}
		return isAnnotated(type, description) || makerFromText(type) != null;
	}

	private static boolean isAnnotated(Class<?> type, BeanDescription.Supplier description) {
		return type.isAnnotationPresent(JsonDeserialize.class) || description.get().findJsonKeyAccessor() != null
				|| description.get().findJsonValueAccessor() != null;
	}

	/**
	 * By what Jackson makes a key of a class of the application from a text; null if that
	 * is its own concern, or nothing makes one.
	 * @param serializer that Jackson has chosen; one of the application is trusted
	 */
	static @Nullable Executable makerOf(Class<?> type, ValueSerializer<?> serializer,
			BeanDescription.Supplier description) {
		boolean isPlain = !type.isEnum() && type != Object.class && !PlatformTypes.contains(type)
				&& serializer.getClass().getName().startsWith("tools.jackson.") && !isAnnotated(type, description);
		return isPlain ? makerFromText(type) : null;
	}

	private static @Nullable Executable makerFromText(Class<?> type) {
		for (Constructor<?> constructor : type.getDeclaredConstructors()) {
			if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == String.class) {
				return constructor;
			}
		}
		for (Method method : type.getDeclaredMethods()) {
			if (Modifier.isStatic(method.getModifiers()) && method.getParameterCount() == 1
					&& method.getParameterTypes()[0] == String.class && type == method.getReturnType()) {
				return method;
			}
		}
		return null;
	}

}
