package io.kraft.engine.journal.json;

import java.io.File;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.kraft.client.ExactText;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.jdk.JavaUtilDateDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Values of the JDK of which Jackson would silently lose a part: they are written in a
 * form that keeps it, or refused.
 */
final class ExactValues {

	private ExactValues() {
	}

	static void addTo(SimpleModule module) {
		module.addSerializer(new Text<>(Timestamp.class, ExactValues::timestamp))
			.addSerializer(new Text<>(Time.class, ExactValues::time))
			.addSerializer(new Text<>(Locale.class, ExactValues::locale))
			.addSerializer(new Text<>(TimeZone.class, ExactValues::zone))
			.addSerializer(new Text<>(Pattern.class, ExactValues::pattern))
			.addSerializer(new Text<>(File.class, File::getPath))
			.addDeserializer(Timestamp.class, new TimestampReader())
			.addDeserializer(Date.class, new DateReader())
			.addKeySerializer(String.class, new Key<>(String.class, ExactValues::key))
			.addKeySerializer(Timestamp.class, new Key<>(Timestamp.class, ExactValues::timestamp))
			.addKeyDeserializer(Timestamp.class, new TimestampKeyReader());
	}

	/** To the nanosecond. */
	private static String timestamp(Timestamp value) {
		return value.toInstant().toString();
	}

	private static String time(Time value) {
		return require(value, value.toString(), Time::valueOf, "has a day or milliseconds",
				"Use java.time.LocalTime or java.time.Instant.");
	}

	private static String locale(Locale value) {
		if (value.equals(Locale.ROOT)) {
			return "";
		}
		return require(value, value.toLanguageTag(), Locale::forLanguageTag, "is of an old form",
				"Use Locale.forLanguageTag(…).");
	}

	private static String zone(TimeZone value) {
		return require(value, value.getID(), TimeZone::getTimeZone, "has rules of its own", "Use java.time.ZoneId.");
	}

	private static String pattern(Pattern value) {
		if (value.flags() != 0) {
			throw inexact(value, "has flags", "Write them into the expression, such as (?i).");
		}
		return value.pattern();
	}

	private static String key(String value) {
		if (!ExactText.isExact(value)) {
			String why = " has an unpaired surrogate, and could not be read back";
			throw new UnsupportedTypeException("the key '" + ExactText.repair(value) + "'" + why, "a key" + why,
					"Use keys of whole characters.");
		}
		return value;
	}

	private static <T> String require(T value, String text, Function<String, T> reader, String why, String fix) {
		if (!value.equals(reader.apply(text))) {
			throw inexact(value, why, fix);
		}
		return text;
	}

	private static UnsupportedTypeException inexact(Object value, String why, String fix) {
		String type = value.getClass().getName();
		return new UnsupportedTypeException("the " + type + " '" + value + "' " + why + ", which would be lost",
				"a " + type + " " + why + ", which would be lost", fix);
	}

	/**
	 * Writes a value as a text.
	 */
	private static final class Text<T> extends StdSerializer<T> {

		private final Function<T, String> text;

		Text(Class<T> type, Function<T, String> text) {
			super(type);
			this.text = text;
		}

		@Override
		public void serialize(T value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(this.text.apply(value));
		}

	}

	/**
	 * Writes the key of a map.
	 */
	private static final class Key<T> extends StdSerializer<T> {

		private final Function<T, String> text;

		Key(Class<T> type, Function<T, String> text) {
			super(type);
			this.text = text;
		}

		@Override
		public void serialize(T value, JsonGenerator generator, SerializationContext context) {
			generator.writeName(this.text.apply(value));
		}

	}

	/**
	 * Reads a timestamp, also one that was written before nanoseconds were.
	 */
	private static final class TimestampReader extends StdScalarDeserializer<Timestamp> {

		TimestampReader() {
			super(Timestamp.class);
		}

		@Override
		public Timestamp deserialize(JsonParser parser, DeserializationContext context) {
			if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
				return new Timestamp(parser.getLongValue());
			}
			String text = String.valueOf(parser.getValueAsString());
			try {
				return Timestamp.from(Instant.parse(text));
			}
			catch (DateTimeParseException ex) {
				return (Timestamp) context.handleWeirdStringValue(Timestamp.class, text, "it is not an instant");
			}
		}

	}

	/**
	 * Reads a date. One that was a timestamp with more than milliseconds is one again.
	 */
	private static final class DateReader extends JavaUtilDateDeserializer {

		private static final Pattern NANOSECONDS = Pattern.compile(".*\\.\\d{4,9}Z");

		@Override
		public Date deserialize(JsonParser parser, DeserializationContext context) {
			if (parser.currentToken() == JsonToken.VALUE_STRING && NANOSECONDS.matcher(parser.getString()).matches()) {
				return Timestamp.from(Instant.parse(parser.getString()));
			}
			return super.deserialize(parser, context);
		}

	}

	/**
	 * Reads the key of a map.
	 */
	private static final class TimestampKeyReader extends KeyDeserializer {

		@Override
		public Object deserializeKey(String key, DeserializationContext context) {
			return Timestamp.from(Instant.parse(key));
		}

	}

}
