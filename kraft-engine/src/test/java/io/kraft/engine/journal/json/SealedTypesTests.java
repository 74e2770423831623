package io.kraft.engine.journal.json;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.kraft.engine.journal.Payload;
import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.TypeRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class SealedTypesTests {

	private final JacksonPayloads payloads = new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(), 1_000_000);

	static List<Arguments> values() {
		Circle circle = new Circle(2);
		Group group = new Group(List.of(circle, new Square(3), Unit.INSTANCE), Map.of("a", circle));
		return List.of(arguments(circle, Shape.class), arguments(circle, Circle.class), arguments(circle, Round.class),
				arguments(Unit.INSTANCE, Shape.class), arguments(Unit.INSTANCE, Unit.class),
				arguments(Unit.OTHER, Shape.class), arguments(Unit.OTHER, Unit.class),
				arguments(new Empty(), Shape.class), arguments(group, Shape.class),
				arguments(List.of(circle, group), new TypeRef<List<Shape>>() {
				}.type()), arguments(List.of(circle), new TypeRef<List<? extends Shape>>() {
				}.type()), arguments(List.of(circle), new TypeRef<List<Circle>>() {
				}.type()), arguments(Map.of(Unit.OTHER, circle), new TypeRef<Map<Unit, Shape>>() {
				}.type()), arguments(new Ok<>(circle), new TypeRef<Result<Shape>>() {
				}.type()), arguments(new Ok<>(circle), new TypeRef<Ok<Shape>>() {
				}.type()), arguments(new Ok<>(List.of(circle)), new TypeRef<Result<List<Shape>>>() {
				}.type()), arguments(new Err<Shape>("no"), new TypeRef<Result<Shape>>() {
				}.type()), arguments(new Ok<>(new Ok<>(circle)), new TypeRef<Result<Result<Shape>>>() {
				}.type()), arguments(new Holder(new Ok<>(circle)), Holder.class),
				arguments(new Annotated.One(1), Annotated.class), arguments(new Named.Second(1), Named.class),
				arguments(List.of(new Annotated.One(1)), new TypeRef<List<Annotated>>() {
				}.type()));
	}

	@ParameterizedTest
	@MethodSource("values")
	void aValueIsReadAsTheClassThatItWas(Object value, Type type) {
		Payload payload = this.payloads.write(value, type, "the value");

		assertThat(this.payloads.read(payload, type, "the value")).as(payload.toString()).isEqualTo(value);
	}

	@ParameterizedTest
	@MethodSource("values")
	void aValueThatWasWrittenWithoutItsDeclaredTypeIsReadAsTheClassThatItWas(Object value, Type type) {
		if (type == Annotated.class || type.getTypeName().contains("Annotated")) {
			return; // Jackson's own rule: by declared type.
		}

		Payload payload = this.payloads.write(value, Object.class, "the value");

		assertThat(this.payloads.read(payload, type, "the value")).as(payload.toString()).isEqualTo(value);
	}

	@Test
	void theNameIsInTheValue() {
		assertThat(text(new Circle(2), Shape.class)).isEqualTo("{\"@type\":\"Circle\",\"radius\":2}");
		assertThat(text(new Circle(2), Circle.class)).isEqualTo("{\"@type\":\"Circle\",\"radius\":2}");
		assertThat(text(new Named.Second(1), Named.class)).isEqualTo("{\"@type\":\"two\",\"number\":1}");
		assertThat(text(new Annotated.One(1), Annotated.class)).isEqualTo("{\"kind\":\"uno\",\"number\":1}");
	}

	@Test
	void sealedTypesOfTheJdkDoNotCount() {
		assertThat(text("text", String.class)).isEqualTo("\"text\"");
		assertThat(SealedTypes.familiesOf(String.class)).isEmpty();
		assertThat(SealedTypes.familiesOf(Thread.State.class)).isEmpty();
	}

	@Test
	void anEnumWhoseConstantsHaveBodiesIsNoFamily() {
		assertThat(Plain.class.isSealed()).isTrue();
		assertThat(text(Plain.A, Plain.class)).isEqualTo("\"A\"");
		assertThat(text(Plain.A, Object.class)).isEqualTo("\"A\"");
	}

	@Test
	void aConcreteTypeIsReadWithoutNameToo() {
		assertThat(this.payloads.read(json("{\"radius\":2}"), Circle.class, "x")).isEqualTo(new Circle(2));
	}

	@Test
	void anUnknownOrMissingNameIsAnErrorThatNamesTheKnownOnes() {
		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.read(json("{\"@type\":\"Oval\"}"), Shape.class, "x"))
			.withMessageContaining("Oval")
			.withMessageContaining("Circle")
			.withMessageContaining("@JsonTypeName");
		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.read(json("{\"radius\":2}"), Shape.class, "x"))
			.withMessageContaining("@type");
	}

	@Test
	void twoClassesWithOneNameAreAnError() {
		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.write(new Ambiguous.Left.Leaf(1), Ambiguous.class, "x"))
			.withMessageContaining("two classes with the name 'Leaf'")
			.withMessageContaining(Ambiguous.Left.Leaf.class.getName())
			.withMessageContaining(Ambiguous.Right.Leaf.class.getName());
		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.read(json("{}"), Ambiguous.class, "x"))
			.withMessageContaining("two classes with the name 'Leaf'");
	}

	@Test
	void aClassBehindANonSealedOneIsAnErrorWhenItIsWritten() {
		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.write(new OpenChild(), Open.class, "x"))
			.withMessageContaining(OpenChild.class.getName() + " is not one of the classes")
			.withMessageContaining("@JsonSubTypes");
	}

	private String text(Object value, Type type) {
		return this.payloads.text(this.payloads.write(value, type, "the value"));
	}

	private static Payload json(String text) {
		return Payload.json(text.getBytes(StandardCharsets.UTF_8));
	}

	sealed interface Shape {

	}

	sealed interface Round extends Shape {

	}

	record Circle(int radius) implements Round {
	}

	record Square(int side) implements Shape {
	}

	record Empty() implements Shape {
	}

	record Group(List<Shape> shapes, Map<String, Shape> byName) implements Shape {
	}

	enum Unit implements Shape {

		INSTANCE, OTHER {
			@Override
			public String toString() {
				return "other";
			}
		}

	}

	sealed interface Result<T> {

	}

	record Ok<T>(T value) implements Result<T> {
	}

	record Err<T>(String message) implements Result<T> {
	}

	record Holder(Result<Shape> result) {
	}

	enum Plain {

		A {
		}

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes(@JsonSubTypes.Type(value = Annotated.One.class, name = "uno"))
	sealed interface Annotated {

		record One(int number) implements Annotated {
		}

	}

	sealed interface Named {

		@JsonTypeName("two")
		record Second(int number) implements Named {
		}

	}

	sealed interface Ambiguous {

		sealed interface Left extends Ambiguous {

			record Leaf(int a) implements Left {
			}

		}

		sealed interface Right extends Ambiguous {

			record Leaf(int b) implements Right {
			}

		}

	}

	sealed interface Open {

	}

	static non-sealed class OpenBase implements Open {

	}

	static final class OpenChild extends OpenBase {

		public int getNumber() {
			return 1;
		}

	}

}
