package io.kraft.engine.journal.json;

import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.SerializationContextExt;

/**
 * Writes values that are declared as one type. Thread-safe.
 * <p>
 * An {@code ObjectWriter} for a type would write the value, or the elements of a list, as
 * what they are declared, without what subclasses add. Here a value is written as what it
 * is, with the type arguments that the declaration gives it: an {@code Ok} declared as
 * {@code Result<Order>} is written as an {@code Ok<Order>}.
 */
final class TypedWriter {

	/** Declared so, anything may come. */
	private static final Set<Class<?>> OPEN = Set.of(Object.class, Serializable.class, Comparable.class,
			Iterable.class);

	private final JsonMapper mapper;

	private final JavaType declared;

	private final ConcurrentHashMap<Class<?>, JavaType> subtypes = new ConcurrentHashMap<>();

	TypedWriter(JsonMapper mapper, Type type) {
		this.mapper = mapper;
		// The value of a primitive is an object here.
		this.declared = mapper
			.constructType((type instanceof Class<?> raw) ? MethodType.methodType(raw).wrap().returnType() : type);
	}

	/**
	 * Writes a value.
	 * @throws IllegalArgumentException if it is not of the declared type
	 */
	void write(@Nullable Object value, JsonGenerator generator) {
		SerializationContextExt context = this.mapper._serializationContext();
		if (value == null) {
			context.serializeValue(generator, null);
		}
		else {
			context.serializeValue(generator, value, typeOf(value));
		}
	}

	/**
	 * As what a copy of a value is read: what it is written as, but as what is declared
	 * where its class is the JDK's own affair, such as that of a {@code ZoneId}.
	 * @throws IllegalArgumentException if it is not of the declared type
	 */
	JavaType copyTypeOf(Object value) {
		JavaType type = typeOf(value);
		return (PlatformTypes.contains(type.getRawClass()) && !OPEN.contains(this.declared.getRawClass()))
				? this.declared : type;
	}

	private JavaType typeOf(Object value) {
		Class<?> actual = SealedTypes.declaringClass(value.getClass());
		if (this.declared.hasRawClass(actual)) {
			return this.declared;
		}
		if (!this.declared.getRawClass().isInstance(value)) {
			throw new UnsupportedTypeException("it is a " + actual.getName(), "Pass a value of the declared type.");
		}
		if (this.declared.isContainerType() || this.declared.isReferenceType()) {
			return this.declared;
		}
		JavaType subtype = this.subtypes.get(actual);
		return (subtype != null) ? subtype : this.subtypes.computeIfAbsent(actual,
				(key) -> this.mapper.getTypeFactory().constructSpecializedType(this.declared, key));
	}

}
