package io.kraft.engine.journal.json;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Types of which reading a value, or putting it into a set, loads classes, asks name
 * servers or looks for file systems, by what the data says. A sender of messages would
 * decide what that is, so they are no types of payloads. A {@code File} and a {@code URI}
 * are texts with a type, until they are used.
 */
final class ActiveTypes {

	private static final List<Class<?>> TYPES = List.of(Class.class, URL.class, InetAddress.class,
			InetSocketAddress.class, Path.class);

	private ActiveTypes() {
	}

	/**
	 * Why values of a type are not read and not written; null if they are.
	 */
	static @Nullable RefusedTypeException refusalOf(Class<?> type) {
		if (type == Class.class) {
			return refusal(type, "reading one loads the class that the data names",
					"Use an enum, a sealed type or a text.");
		}
		if (type == URL.class) {
			return refusal(type, "comparing two asks a name server for the hosts that the data names",
					"Use java.net.URI.");
		}
		if (InetAddress.class.isAssignableFrom(type) || InetSocketAddress.class.isAssignableFrom(type)) {
			return refusal(type, "reading one asks a name server for the host that the data names", "Use a text.");
		}
		if (Path.class.isAssignableFrom(type)) {
			return refusal(type, "reading one asks for the file system that the data names", "Use a text.");
		}
		return null;
	}

	/**
	 * Refuses what names its class in the data, by which any class could be loaded.
	 */
	static JsonTypeInfo.@Nullable Value checked(JsonTypeInfo.@Nullable Value info, Class<?> type) {
		if (info != null
				&& (info.getIdType() == JsonTypeInfo.Id.CLASS || info.getIdType() == JsonTypeInfo.Id.MINIMAL_CLASS)) {
			throw refusal(type,
					"its @JsonTypeInfo lets the data name a class of Java, so that reading a value loads any class",
					"Make it a sealed type, or use JsonTypeInfo.Id.NAME with @JsonSubTypes.");
		}
		return info;
	}

	static boolean isRefusing(ValueDeserializer<?> reader) {
		return reader instanceof Refusing;
	}

	private static RefusedTypeException refusal(Class<?> type, String why, String fix) {
		return new RefusedTypeException(type.getName() + " is no type of a payload: " + why, fix);
	}

	static void addTo(SimpleModule module) {
		TYPES.forEach((type) -> add(module, type));
	}

	private static <T> void add(SimpleModule module, Class<T> type) {
		module.addDeserializer(type, new Refusing<>(type));
		module.addKeyDeserializer(type, new RefusingKeys(type));
	}

	private static RefusedTypeException refusalOfListed(Class<?> type) {
		RefusedTypeException refusal = refusalOf(type);
		return (refusal != null) ? refusal : refusal(type, "it does more than hold data", "Use a text.");
	}

	private static final class Refusing<T> extends ValueDeserializer<T> {

		private final Class<T> type;

		Refusing(Class<T> type) {
			this.type = type;
		}

		@Override
		public T deserialize(JsonParser parser, DeserializationContext context) {
			throw refusalOfListed(this.type);
		}

	}

	private static final class RefusingKeys extends KeyDeserializer {

		private final Class<?> type;

		RefusingKeys(Class<?> type) {
			this.type = type;
		}

		@Override
		public Object deserializeKey(String key, DeserializationContext context) {
			throw refusalOfListed(this.type);
		}

	}

}
