package io.kraft.engine.journal.json;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.kraft.engine.journal.Payload;
import io.kraft.workflow.ErrorDocs;
import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.TypeRef;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class JacksonPayloadsTests {

	private final JacksonPayloads payloads = new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(), 1_000_000);

	static List<Arguments> values() {
		Order order = new Order("o-1", List.of(new Item("book", 2, new BigDecimal("9.90"))), Optional.of("gift"));
		return List.of(arguments(7, int.class), arguments(7, Integer.class), arguments(7L, long.class),
				arguments(true, boolean.class), arguments('x', char.class), arguments(1.5, double.class),
				arguments(Double.NaN, double.class), arguments("Grüße 🎉", String.class),
				arguments(new BigDecimal("1.500"), BigDecimal.class),
				arguments(BigInteger.TWO.pow(5000), BigInteger.class),
				arguments(Instant.parse("2026-11-20T10:15:30.123456789Z"), Instant.class),
				arguments(OffsetDateTime.parse("2026-11-20T10:15:30+05:30"), OffsetDateTime.class),
				arguments(OffsetDateTime.parse("2026-11-20T10:15:30Z"), OffsetDateTime.class),
				arguments(ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneId.of("Europe/Berlin")), ZonedDateTime.class),
				arguments(ZonedDateTime.of(2026, 1, 1, 2, 30, 0, 0, ZoneId.of("UTC")), ZonedDateTime.class),
				arguments(LocalDate.of(2026, 2, 28), LocalDate.class),
				arguments(Duration.ofMillis(1234), Duration.class), arguments(Period.ofDays(3), Period.class),
				arguments(ZoneId.of("Asia/Tokyo"), ZoneId.class),
				arguments(UUID.fromString("00000000-0000-0001-0000-000000000002"), UUID.class),
				arguments(Locale.GERMANY, Locale.class), arguments(Currency.getInstance("EUR"), Currency.class),
				arguments(new byte[] { 1, -2, 3 }, byte[].class), arguments(new int[] { 1, 2 }, int[].class),
				arguments(TimeUnit.DAYS, TimeUnit.class), arguments(Shade.LIGHT, Shade.class),
				arguments(Shade.DARK, Shade.class), arguments(Optional.of(order), new TypeRef<Optional<Order>>() {
				}.type()), arguments(Optional.empty(), new TypeRef<Optional<Order>>() {
				}.type()), arguments(order, Order.class), arguments(List.of(order, order), new TypeRef<List<Order>>() {
				}.type()), arguments(Map.of("a", List.of(order)), new TypeRef<Map<String, List<Order>>>() {
				}.type()), arguments(Map.of(Shade.DARK, 1), new TypeRef<Map<Shade, Integer>>() {
				}.type()), arguments(Map.of(LocalDate.EPOCH, 1L), new TypeRef<Map<LocalDate, Long>>() {
				}.type()), arguments(Set.of(Duration.ZERO), new TypeRef<Set<Duration>>() {
				}.type()), arguments(new Page<>(List.of(order), 3), new TypeRef<Page<Order>>() {
				}.type()), arguments(new Nothing(), Nothing.class), arguments(new Cart(List.of("a")), Cart.class),
				arguments(Map.of("a", List.of(1, "b", true)), Object.class),
				arguments(JsonMapper.shared().readTree("{\"a\":[1]}"), JsonNode.class));
	}

	@ParameterizedTest
	@MethodSource("values")
	void aValueIsReadAsItWasWritten(Object value, Type type) {
		Payload payload = this.payloads.write(value, type, "the value");

		assertThat(this.payloads.read(payload, type, "the value")).as(payload.toString()).isEqualTo(value);
	}

	@Test
	void timesAreIsoText() {
		record Times(Instant at, Duration lasting, ZonedDateTime zoned) {
		}
		Times times = new Times(Instant.EPOCH, Duration.ofSeconds(90),
				ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneId.of("Europe/Berlin")));

		assertThat(text(times, Times.class)).isEqualTo(
				"""
						{"at":"1970-01-01T00:00:00Z","lasting":"PT1M30S","zoned":"2026-01-01T00:00:00+01:00[Europe/Berlin]"}""");
	}

	@Test
	void enumsAreWrittenByNameEvenIfTheyHaveAnotherText() {
		assertThat(text(Shade.DARK, Shade.class)).isEqualTo("\"DARK\"");
	}

	@Test
	void noValueIsNull() {
		assertThat(this.payloads.write(null, Order.class, "x")).isSameAs(Payload.NULL);
		assertThat(this.payloads.write(null, void.class, "x")).isSameAs(Payload.NULL);
		assertThat(this.payloads.write("ignored", Void.class, "x")).isSameAs(Payload.NULL);
		assertThat(this.payloads.read(Payload.NULL, Order.class, "x")).isNull();
		assertThat(this.payloads.read(Payload.NULL, void.class, "x")).isNull();
		assertThat(this.payloads.read(Payload.NULL, new TypeRef<Optional<String>>() {
		}.type(), "x")).isEqualTo(Optional.empty());
	}

	@Test
	void whatASubclassAddsIsWrittenToo() {
		assertThat(text(new Dog("Rex", 4), Animal.class)).isEqualTo("{\"name\":\"Rex\",\"legs\":4}");
	}

	@Test
	void objectsAreReadAsWhatJsonKnows() {
		Payload payload = this.payloads.write(new Item("book", 2, BigDecimal.ONE), Object.class, "x");

		assertThat(this.payloads.read(payload, Object.class, "x"))
			.isEqualTo(Map.of("name", "book", "count", 2, "price", 1));
	}

	@Test
	void anAddedFieldIsNull() {
		assertThat(read("{\"id\":\"o-1\"}", Order.class)).isEqualTo(new Order("o-1", null, Optional.empty()));
	}

	@Test
	void anAddedPrimitiveFieldIsAnError() {
		assertFailsToRead("{\"name\":\"book\"}", Item.class).withMessageContaining("at $.count")
			.withMessageContaining("int")
			.withMessageContaining("must not be a primitive");
	}

	@Test
	void aRemovedFieldIsAnErrorThatNamesItsCure() {
		assertFailsToRead("{\"name\":\"book\",\"count\":1,\"weight\":3}", Item.class)
			.withMessageStartingWith(
					"KRAFT-1004: the value cannot be read as " + Item.class.getName() + ", at $.weight")
			.withMessageContaining("@JsonIgnoreProperties(\"weight\")")
			.withMessageContaining("@JsonAlias(\"weight\")")
			.withMessageContaining("{\"name\":\"book\",\"count\":1,\"weight\":3}")
			.withMessageEndingWith("See " + ErrorDocs.section("KRAFT-1004"));
	}

	@Test
	void theCuresForARemovedFieldCure() {
		@JsonIgnoreProperties("weight")
		record Cured(@JsonAlias("name") String title) {
		}

		assertThat(read("{\"name\":\"book\",\"weight\":3}", Cured.class)).isEqualTo(new Cured("book"));
	}

	@Test
	void anotherTypeIsAnErrorThatSaysWhere() {
		Type type = new TypeRef<List<Order>>() {
		}.type();

		assertFailsToRead("[{\"id\":\"a\"},{\"id\":\"b\",\"items\":[{\"name\":\"x\",\"count\":\"many\"}]}]", type)
			.withMessageContaining("at $[1].items[0].count")
			.withMessageContaining("\"many\"")
			.withMessageContaining("java.util.List<" + Order.class.getName() + ">");
	}

	@Test
	void textIsNoNumberAndAFractionIsNoInteger() {
		assertFailsToRead("\"7\"", int.class);
		assertFailsToRead("1.5", int.class);
		assertFailsToRead("0", Shade.class);
		assertFailsToRead("null", int.class);
	}

	@Test
	void brokenOrTrailingJsonIsAnError() {
		assertFailsToRead("{\"id\":", Order.class);
		assertFailsToRead("", Order.class);
		assertFailsToRead("1 2", int.class).withMessageContaining("more follows");
	}

	@Test
	void theExcerptOfALargePayloadIsBoundedAndShowsThePlace() {
		String json = "[\"" + "a".repeat(5000) + "\",{\"wrong\":1}]";

		assertFailsToRead(json, new TypeRef<List<String>>() {
		}.type()).satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(1500).contains("wrong").contains("…"));
	}

	@Test
	void aConstructorThatRefusesIsNamed() {
		assertFailsToRead("{\"value\":0}", Positive.class).withMessageContaining("not positive: 0");
	}

	@Test
	void anAbstractTypeIsAnErrorThatNamesItsCure() {
		assertFailsToRead("{\"name\":\"Rex\"}", Animal.class).withMessageContaining("Declare a concrete type");
	}

	@Test
	void hostileDepthIsAnError() {
		assertFailsToRead("[".repeat(100_000) + "]".repeat(100_000), Object.class)
			.withMessageContaining("nested deeper");
	}

	@Test
	void argumentsAreOneArray() {
		List<Type> types = List.of(int.class, Order.class, new TypeRef<List<Animal>>() {
		}.type(), String.class);
		Order order = new Order("o-1", List.of(), Optional.empty());

		Payload payload = this.payloads.writeArguments(new Object[] { 1, order, List.of(), null }, types, "x");

		assertThat(this.payloads.text(payload)).isEqualTo("[1,{\"id\":\"o-1\",\"items\":[],\"note\":null},[],null]");
		assertThat(this.payloads.readArguments(payload, types, "x")).containsExactly(1, order, List.of(), null);
	}

	@Test
	void noArgumentsAreAnEmptyArray() {
		Payload payload = this.payloads.writeArguments(new Object[0], List.of(), "x");

		assertThat(this.payloads.text(payload)).isEqualTo("[]");
		assertThat(this.payloads.readArguments(payload, List.of(), "x")).isEmpty();
	}

	@Test
	void anotherNumberOfArgumentsIsAnErrorThatNamesBoth() {
		for (String json : List.of("[1,2]", "[\"x\",1]", "[1,{\"a\":[1]}]")) {
			assertThatExceptionOfType(PayloadSerializationException.class)
				.isThrownBy(() -> this.payloads.readArguments(json(json), List.of(int.class), "the arguments of 'f'"))
				.withMessageContaining("the arguments of 'f' should be 1, one for each parameter, but are 2");
		}
		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.readArguments(json("[]"), List.of(int.class), "x"))
			.withMessageContaining("should be 1, one for each parameter, but are 0");
		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.writeArguments(new Object[2], List.of(int.class), "x"))
			.withMessageContaining("should be 1, one for each parameter, but are 2");
	}

	@Test
	void argumentsThatAreNoArrayAreAnError() {
		for (String json : List.of("{}", "", "[1", "[1] 2")) {
			assertThatExceptionOfType(PayloadSerializationException.class)
				.isThrownBy(() -> this.payloads.readArguments(json(json), List.of(int.class), "x"));
		}
	}

	@Test
	void anArgumentOfAnotherTypeIsNamedByItsPlace() {
		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.readArguments(json("[1,{\"name\":\"x\",\"count\":{}}]"),
					List.of(int.class, Item.class), "the arguments of 'f'"))
			.withMessageContaining("at $[1].count");
	}

	@Test
	void theLimitIsAtLeastOne() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(), 0));
	}

	private String text(Object value, Type type) {
		return this.payloads.text(this.payloads.write(value, type, "the value"));
	}

	private Object read(String json, Type type) {
		return this.payloads.read(json(json), type, "the value");
	}

	private ThrowableAssertAlternative<PayloadSerializationException> assertFailsToRead(String json, Type type) {
		return assertThatExceptionOfType(PayloadSerializationException.class).isThrownBy(() -> read(json, type));
	}

	private static Payload json(String text) {
		return Payload.json(text.getBytes(StandardCharsets.UTF_8));
	}

	record Item(String name, int count, BigDecimal price) {
	}

	record Order(String id, List<Item> items, Optional<String> note) {
	}

	record Positive(int value) {
		Positive {
			if (value < 1) {
				throw new IllegalArgumentException("not positive: " + value);
			}
		}
	}

	record Page<T>(List<T> content, int number) {
	}

	record Nothing() {
	}

	record Cart(List<String> items) {

		public boolean isEmpty() {
			return this.items.isEmpty();
		}

		public int getSize() {
			return this.items.size();
		}

	}

	interface Animal {

		String getName();

	}

	record Dog(String name, int legs) implements Animal {

		@Override
		public String getName() {
			return this.name;
		}

	}

	enum Shade {

		LIGHT, DARK {
			@Override
			public String toString() {
				return "gloomy";
			}
		}

	}

}
