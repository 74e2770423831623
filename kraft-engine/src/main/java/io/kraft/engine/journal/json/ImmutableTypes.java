package io.kraft.engine.journal.json;

import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Which types have only values that cannot change: scalars, enums, {@code java.time},
 * optionals, records and sealed interfaces of such. Whatever is not known to be so counts
 * as mutable, collections and arrays above all. Thread-safe.
 */
final class ImmutableTypes {

	private static final Set<Class<?>> SCALARS = Set.of(String.class, Boolean.class, Byte.class, Short.class,
			Character.class, Integer.class, Long.class, Float.class, Double.class, Void.class, UUID.class,
			BigDecimal.class, BigInteger.class, URI.class, Locale.class, Currency.class, ZoneId.class,
			OptionalInt.class, OptionalLong.class, OptionalDouble.class);

	// Not static: an application's classes are kept no longer than its engine.
	private final ConcurrentHashMap<Type, Boolean> known = new ConcurrentHashMap<>();

	/**
	 * Whether all values of the type are immutable.
	 */
	boolean contains(Type type) {
		if (SCALARS.contains(type)) {
			return true;
		}
		Boolean immutable = this.known.get(type);
		return (immutable != null) ? immutable
				: this.known.computeIfAbsent(type, (key) -> isImmutable(key, Map.of(), new HashSet<>()));
	}

	/**
	 * Looks at a type.
	 * @param variables the types that the record around it gives to its variables
	 * @param open those that are being looked at: a type that contains itself is as
	 * immutable as its other parts
	 */
	private static boolean isImmutable(Type type, Map<TypeVariable<?>, Type> variables, Set<Type> open) {
		return switch (type) {
			case Class<?> plain -> isImmutable(plain, Map.of(), open);
			case ParameterizedType generic -> !open.add(generic) || isImmutable(generic, variables, open);
			case TypeVariable<?> variable -> {
				Type given = variables.get(variable);
				yield given != null && isImmutable(given, Map.of(), open);
			}
			default -> false;
		};
	}

	private static boolean isImmutable(ParameterizedType type, Map<TypeVariable<?>, Type> variables, Set<Type> open) {
		Class<?> raw = (Class<?>) type.getRawType();
		Type[] arguments = type.getActualTypeArguments();
		if (raw == Optional.class) {
			return isImmutable(arguments[0], variables, open);
		}
		Map<TypeVariable<?>, Type> given = new HashMap<>();
		for (int i = 0; i < arguments.length; i++) {
			Type argument = variables.getOrDefault(arguments[i], arguments[i]);
			given.put(raw.getTypeParameters()[i], argument);
		}
		return raw.isRecord() && haveImmutableComponents(raw, given, open);
	}

	private static boolean isImmutable(Class<?> type, Map<TypeVariable<?>, Type> variables, Set<Type> open) {
		if (type.isPrimitive() || type.isEnum() || SCALARS.contains(type) || isTime(type)) {
			return true;
		}
		if (!open.add(type)) {
			return true;
		}
		if (type.isRecord()) {
			return haveImmutableComponents(type, variables, open);
		}
		return isImmutableFamily(type, open);
	}

	private static boolean isImmutableFamily(Class<?> type, Set<Type> open) {
		Class<?> @Nullable [] permitted = (type.isInterface() && type.isSealed()) ? type.getPermittedSubclasses()
				: null;
		if (permitted == null) {
			return false;
		}
		for (Class<?> member : permitted) {
			if (!isImmutable(member, Map.of(), open)) {
				return false;
			}
		}
		return true;
	}

	private static boolean haveImmutableComponents(Class<?> type, Map<TypeVariable<?>, Type> variables,
			Set<Type> open) {
		for (RecordComponent component : type.getRecordComponents()) {
			if (!isImmutable(component.getGenericType(), variables, open)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isTime(Class<?> type) {
		return type.getPackageName().equals("java.time") && Modifier.isFinal(type.getModifiers());
	}

}
