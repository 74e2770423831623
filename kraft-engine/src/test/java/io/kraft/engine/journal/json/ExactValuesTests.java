package io.kraft.engine.journal.json;

import java.io.File;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.UUID;
import java.util.regex.Pattern;

import io.kraft.engine.journal.Payload;
import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.TypeRef;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What is read is what was written, or it was refused when it was written.
 */
@SuppressWarnings("JavaUtilDate") // Applications have them.
class ExactValuesTests {

	private final JacksonPayloads payloads = new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(), 1_000_000);

	static List<Arguments> exact() {
		Timestamp timestamp = Timestamp.valueOf("2026-01-02 03:04:05.123456789");
		return List.of(arguments(timestamp, Timestamp.class), arguments(timestamp, Date.class),
				arguments(List.of(timestamp), new TypeRef<List<Timestamp>>() {
				}.type()), arguments(Map.of(timestamp, 1), new TypeRef<Map<Timestamp, Integer>>() {
				}.type()), arguments(new Date(123), Date.class), arguments(Time.valueOf("03:04:05"), Time.class),
				arguments(-0.0, double.class), arguments(Float.NaN, Float.class),
				arguments(Double.NEGATIVE_INFINITY, double.class), arguments("half \ud800", String.class),
				arguments('\udc00', char.class), arguments(new char[] { 'a', '\ud800' }, char[].class),
				arguments(new BigDecimal("1E+3"), BigDecimal.class),
				arguments(new BigDecimal("1.00"), BigDecimal.class),
				arguments(Map.of(1L, 2), new TypeRef<Map<Long, Integer>>() {
				}.type()), arguments(Map.of(new UUID(1, 2), 2), new TypeRef<Map<UUID, Integer>>() {
				}.type()), arguments(Optional.empty(), new TypeRef<Optional<String>>() {
				}.type()), arguments(Locale.ROOT, Locale.class),
				arguments(Locale.forLanguageTag("zh-Hant-TW"), Locale.class),
				arguments(TimeZone.getTimeZone("Europe/Berlin"), TimeZone.class),
				arguments(new File("a b"), File.class));
	}

	@ParameterizedTest
	@MethodSource("exact")
	void aValueIsReadAsItWasWritten(Object value, Type type) {
		Payload payload = this.payloads.write(value, type, "the value");

		assertThat(this.payloads.read(payload, type, "the value")).as(payload.toString()).isEqualTo(value);
	}

	static List<Arguments> inexact() {
		return List.of(arguments(new Time(123_456_789L), Time.class, "LocalTime"),
				arguments(Calendar.getInstance(), Calendar.class, "ZonedDateTime"),
				arguments(new SimpleTimeZone(3_600_000, "X"), TimeZone.class, "ZoneId"),
				arguments(Pattern.compile("a", Pattern.CASE_INSENSITIVE), Pattern.class, "(?i)"),
				arguments(Map.of("half \ud800", 1), new TypeRef<Map<String, Integer>>() {
				}.type(), "whole characters"),
				arguments(Map.of(new Seat("a", 1), 1), new TypeRef<Map<Seat, Integer>>() {
				}.type(), "List of entries"), arguments(Map.of(new Seat("a", 1), 1), Object.class, "List of entries"),
				arguments(Map.of(List.of(1), 1), new TypeRef<Map<List<Integer>, Integer>>() {
				}.type(), "List of entries"), arguments(Map.of(Optional.of(1), 1), Object.class, "List of entries"));
	}

	@ParameterizedTest
	@MethodSource("inexact")
	void whatCannotBeKeptIsRefusedWithACure(Object value, Type type, String cure) {
		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.write(value, type, "the value"))
			.withMessageStartingWith(
					"KRAFT-1004: the value of type " + type.getTypeName() + " cannot be written as JSON")
			.withMessageContaining(cure);
	}

	@Test
	void aKeyThatIsMadeFromATextIsKept() {
		Type type = new TypeRef<Map<Isbn, Integer>>() {
		}.type();

		Object read = this.payloads.read(this.payloads.write(Map.of(new Isbn("1"), 2), type, "x"), type, "x");

		assertThat(read).isEqualTo(Map.of(new Isbn("1"), 2));
	}

	static List<Type> containers() {
		return List.of(new TypeRef<Set<String>>() {
		}.type(), new TypeRef<HashSet<String>>() {
		}.type(), new TypeRef<LinkedHashSet<String>>() {
		}.type(), new TypeRef<Collection<String>>() {
		}.type(), new TypeRef<Iterable<String>>() {
		}.type(), new TypeRef<List<String>>() {
		}.type());
	}

	@ParameterizedTest
	@MethodSource("containers")
	void aCollectionKeepsTheOrderInWhichItWasWritten(Type type) {
		Payload payload = this.payloads.write(new LinkedHashSet<>(names()), Object.class, "x");

		Object read = this.payloads.read(payload, type, "x");

		assertThat(read).asInstanceOf(InstanceOfAssertFactories.iterable(String.class))
			.containsExactlyElementsOf(names());
	}

	@Test
	void setsAndMapsInsideOthersKeepTheirOrderToo() {
		Map<String, Set<Shade>> map = new LinkedHashMap<>();
		names().forEach((name) -> map.put(name, new LinkedHashSet<>(List.of(Shade.LIGHT, Shade.DARK))));
		Map<Shade, Integer> shades = new LinkedHashMap<>();
		shades.put(Shade.LIGHT, 1);
		shades.put(Shade.DARK, 2);
		Nested nested = new Nested(map, new HashMap<>(), shades);

		Nested read = (Nested) this.payloads.read(this.payloads.write(nested, Nested.class, "x"), Nested.class, "x");

		assertThat(read.map().keySet()).containsExactlyElementsOf(names());
		assertThat(read.map().values()).allSatisfy((set) -> assertThat(set).containsExactly(Shade.LIGHT, Shade.DARK));
		assertThat(read.hashed()).isInstanceOf(LinkedHashMap.class);
		assertThat(read.shades().keySet()).containsExactly(Shade.LIGHT, Shade.DARK);
	}

	@Test
	void aKeyThatWouldComeBackAsAnotherIsRefused() {
		for (Object key : List.of(new ItemId("x"), new NoText("x"))) {
			Type map = new TypeRef<Map<Object, Integer>>() {
			}.type();

			assertThatExceptionOfType(PayloadSerializationException.class)
				.isThrownBy(() -> this.payloads.write(Map.of(key, 1), map, "x"))
				.withMessageContaining("the key '" + key + "' is a " + key.getClass().getName())
				.withMessageContaining("does not come back from this text")
				.withMessageContaining("a List of entries in place of the map");
		}
		Type map = new TypeRef<Map<ItemId, Integer>>() {
		}.type();
		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.write(Map.of(new ItemId("x"), 1), map, "x"))
			.withMessageContaining("does not come back from this text");
	}

	/** Its toString() is {@code ItemId[text=x]}. */
	record ItemId(String text) {
	}

	static final class NoText {

		NoText(String text) {
		}

	}

	@Test
	void aDerivedGetterIsAnErrorWhoseCureIsToIgnoreIt() {
		Payload payload = this.payloads.write(new Basket(), Basket.class, "x");

		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.read(payload, Basket.class, "x"))
			.withMessageContaining("Basket.getTotal() writes 'total', which is computed")
			.withMessageContaining("@JsonIgnore");
	}

	@Test
	void aClassWithoutAFittingConstructorIsAnErrorThatNamesTheConstructor() {
		Payload payload = this.payloads.write(new Closed(1, "x"), Closed.class, "x");

		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.read(payload, Closed.class, "x"))
			.withMessageContaining(Closed.class.getName() + " a constructor without parameters")
			.withMessageContaining("@JsonCreator");
	}

	private static List<String> names() {
		List<String> names = new ArrayList<>();
		for (int i = 20; i > 0; i--) {
			names.add("name-" + i * 7919);
		}
		return names;
	}

	enum Shade {

		DARK, LIGHT

	}

	record Seat(String row, int number) {
	}

	record Isbn(String number) {

		@Override
		public String toString() {
			return this.number;
		}

	}

	record Nested(Map<String, Set<Shade>> map, HashMap<String, String> hashed, Map<Shade, Integer> shades) {
	}

	static class Basket {

		public List<String> items = new ArrayList<>();

		public int getTotal() {
			return this.items.size();
		}

	}

	static final class Closed {

		private final String text;

		Closed(int number, String text) {
			this.text = text + number;
		}

		public String getText() {
			return this.text;
		}

	}

}
