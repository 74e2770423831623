package io.kraft.engine.journal.json;

import java.lang.reflect.Field;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * A property that a class writes and cannot take back: it has a getter, but no way to set
 * it.
 */
final class DerivedProperty {

	private DerivedProperty() {
	}

	static boolean isIn(UnrecognizedPropertyException unknown) {
		Class<?> type = unknown.getReferringClass();
		return type != null && getter(type, unknown.getPropertyName()) != null;
	}

	/**
	 * What to do about it.
	 */
	static String fix(UnrecognizedPropertyException unknown) {
		return String.valueOf(fix(unknown.getReferringClass(), unknown.getPropertyName()));
	}

	/**
	 * What to do about a property that a class cannot take back; null if it has no
	 * getter.
	 */
	static @Nullable String fix(Class<?> type, String property) {
		String name = getter(type, property);
		if (name == null) {
			return null;
		}
		String getter = type.getSimpleName() + "." + name + "()";
		return hasField(type, property)
				? getter + " writes '" + property + "', but nothing sets it: add a setter, let a constructor that is "
						+ "annotated with @JsonCreator take it, or make " + type.getSimpleName() + " a record."
				: getter + " writes '" + property + "', which is computed and cannot be read back: annotate the getter "
						+ "with @JsonIgnore, and the class with @JsonIgnoreProperties(\"" + property
						+ "\") where it is recorded already.";
	}

	private static @Nullable String getter(Class<?> type, String property) {
		if (type.isRecord()) {
			return null;
		}
		for (Method method : type.getMethods()) {
			String name = method.getName();
			int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
			if (prefix > 0 && method.getParameterCount() == 0 && name.substring(prefix).equalsIgnoreCase(property)) {
				return name;
			}
		}
		return null;
	}

	private static boolean hasField(Class<?> type, String name) {
		for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
			for (Field field : owner.getDeclaredFields()) {
				if (field.getName().equals(name)) {
					return true;
				}
			}
		}
		return false;
	}

}
