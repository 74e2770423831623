package io.kraft.engine.journal.json;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * Types of the JDK that do not determine which class a value has, and are read all the
 * same, as what JSON knows.
 */
final class LossyTypes {

	private LossyTypes() {
	}

	/**
	 * What happens to values that are declared so, in a sentence, with its fix; null if
	 * they are not lossy.
	 */
	static @Nullable String lossOf(Class<?> type) {
		if (type == Object.class || type == Serializable.class) {
			return type.getName()
					+ " does not determine which class a value has, so that it may come back from the journal as "
					+ "another type: an object as a LinkedHashMap, a long as an Integer. Declare a record, a concrete "
					+ "class or a sealed type.";
		}
		if (type == Number.class) {
			return "java.lang.Number does not determine which class a value has, so that it may come back from the "
					+ "journal as another type: a Long as an Integer, a BigDecimal as a Double. Declare the class that it has.";
		}
		return null;
	}

}
