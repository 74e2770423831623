package io.kraft.engine.journal.json;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kraft.workflow.TypeRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is seen of a type before there is a value of it.
 */
class TypeCheckTests {

	private final JsonMapper mapper = JacksonPayloads.defaultMapper();

	private List<String> faultsOf(Type type) {
		return TypeCheck.faultsOf(this.mapper, type);
	}

	static Stream<Type> fine() {
		return Stream.of(String.class, int.class, Integer.class, void.class, Void.class, byte[].class, Instant.class,
				Duration.class, UUID.class, TimeUnit.class, JsonNode.class, Order.class, Node.class, Bean.class,
				Shape.class, Circle.class, Animal.class, Code.class, Delegating.class, Ignoring.class, Lenient.class,
				new TypeRef<Map<UUID, List<Optional<Order>>>>() {
				}.type(), new TypeRef<Map<Code, Set<Shape>>>() {
				}.type(), Exception.class, CharSequence.class);
	}

	@ParameterizedTest
	@MethodSource
	void fine(Type type) {
		assertThat(faultsOf(type)).isEmpty();
	}

	@Test
	void whatIsNoDataCannotBeWritten() {
		assertThat(faultsOf(new TypeRef<List<Locked>>() {
		}.type())).singleElement()
			.asString()
			.startsWith("at $[].lock: ")
			.contains("java.util.concurrent.locks.ReentrantLock is not data")
			.contains("@JsonIgnore");
		assertThat(faultsOf(Empty.class)).singleElement()
			.asString()
			.startsWith("at $: " + Empty.class.getName() + " has no properties");
	}

	@Test
	void aKeyThatIsNoTextCannotBeReadBack() {
		Type map = new TypeRef<List<Map<Order, Integer>>>() {
		}.type();

		assertThat(List.of(faultsOf(ByOrder.class), faultsOf(map)))
			.allSatisfy((faults) -> assertThat(faults).singleElement()
				.asString()
				.startsWith("at $")
				.containsIgnoringCase("key")
				.contains(Order.class.getName())
				.contains("a List of entries in place of the map"));
	}

	@Test
	void anOpenTypeInsideCannotBeReadBack() {
		assertThat(faultsOf(Payment.class)).singleElement()
			.asString()
			.startsWith("at $.method: " + Method.class.getName() + " is abstract")
			.contains("Make it sealed")
			.contains("@JsonTypeInfo");
	}

	@Test
	void aClassWithoutAFittingConstructorCannotBeReadBack() {
		assertThat(faultsOf(new TypeRef<Optional<Closed>>() {
		}.type())).singleElement()
			.asString()
			.startsWith("at $[]: " + Closed.class.getName() + " has no constructor")
			.contains("@JsonCreator");
	}

	@Test
	void aDerivedGetterIsNamedWithItsCure() {
		assertThat(faultsOf(Basket.class)).singleElement()
			.asString()
			.startsWith("at $.total: Basket.getTotal() writes 'total', which is computed")
			.contains("annotate the getter with @JsonIgnore");
	}

	@Test
	void membersOfASealedTypeAreLookedAt() {
		assertThat(faultsOf(Family.class)).singleElement().asString().startsWith("at $.lock: ");
	}

	@Test
	void noCodeOfTheTypesIsEntered() {
		assertThat(faultsOf(Watched.class)).isEmpty();
		assertThat(Watched.entered).isEmpty();
	}

	record Order(String id, int count) {
	}

	record Node(String name, @Nullable Node next, List<Node> others) {
	}

	record Locked(ReentrantLock lock) {
	}

	record ByOrder(Map<Order, Integer> prices) {
	}

	record Payment(Method method) {
	}

	interface Method {

		String iban();

	}

	static final class Empty {

	}

	static class Bean {

		private String name = "";

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	static final class Lenient {

		public int getCount() {
			return 1;
		}

	}

	@JsonIgnoreProperties(value = "count", allowGetters = true)
	static final class Ignoring {

		public int getCount() {
			return 1;
		}

		@JsonIgnore
		public int getTotal() {
			return 1;
		}

		@JsonProperty(access = JsonProperty.Access.READ_ONLY)
		public int getSum() {
			return 1;
		}

	}

	static final class Basket {

		private List<Integer> prices = List.of();

		public List<Integer> getPrices() {
			return this.prices;
		}

		public void setPrices(List<Integer> prices) {
			this.prices = prices;
		}

		public int getTotal() {
			return 1;
		}

	}

	static final class Closed {

		private final int count;

		Closed(int count, String name) {
			this.count = count + name.length();
		}

		public int getCount() {
			return this.count;
		}

	}

	record Code(@JsonValue String text) {
	}

	static final class Delegating {

		private final String text;

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		Delegating(Map<String, String> values) {
			this.text = values.toString();
		}

		public String getText() {
			return this.text;
		}

	}

	sealed interface Shape {

	}

	record Circle(double radius) implements Shape {
	}

	enum Nothing implements Shape {

		NOTHING

	}

	sealed interface Family {

	}

	record Good(String name) implements Family {
	}

	record Bad(ReentrantLock lock) implements Family {
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	@JsonSubTypes(@JsonSubTypes.Type(value = Dog.class, name = "dog"))
	interface Animal {

	}

	record Dog(String name) implements Animal {
	}

	static final class Watched {

		static final List<String> entered = new ArrayList<>();

		private String name = "";

		Watched() {
			entered.add("constructor");
		}

		public String getName() {
			entered.add("getter");
			return this.name;
		}

		public void setName(String name) {
			entered.add("setter");
			this.name = name;
		}

	}

}
