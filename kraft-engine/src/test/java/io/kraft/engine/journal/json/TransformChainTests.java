package io.kraft.engine.journal.json;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadTransform;
import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.TypeRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TransformChainTests {

	private final JacksonPayloads payloads = payloads(new Bracket("zip-1", '<', '>'), new Bracket("aes.2", '{', '}'));

	@Test
	void codecsWrapInOrderAndAreRecorded() {
		Payload payload = this.payloads.write("x", String.class, "the value");

		assertThat(payload.codecs()).isEqualTo("zip-1,aes.2");
		assertThat(text(payload)).isEqualTo("{<\"x\">}");
		assertThat(this.payloads.read(payload, String.class, "the value")).isEqualTo("x");
		assertThat(this.payloads.text(payload)).isEqualTo("\"x\"");
	}

	@Test
	void argumentsAreWrappedToo() {
		Payload payload = this.payloads.writeArguments(new Object[] { 1 }, List.of(int.class), "x");

		assertThat(text(payload)).isEqualTo("{<[1]>}");
		assertThat(this.payloads.readArguments(payload, List.of(int.class), "x")).containsExactly(1);
	}

	@Test
	void nullIsWrappedButNoValueIsNot() {
		assertThat(text(this.payloads.write(null, String.class, "x"))).isEqualTo("{<null>}");
		assertThat(this.payloads.write(null, void.class, "x")).isSameAs(Payload.NULL);
	}

	@Test
	void whatWasWrittenBeforeACodecWasAddedIsStillRead() {
		Payload plain = Payload.json("7".getBytes(StandardCharsets.UTF_8));
		Payload zipped = payloads(new Bracket("zip-1", '<', '>')).write(7, int.class, "x");

		assertThat(this.payloads.read(plain, int.class, "x")).isEqualTo(7);
		assertThat(this.payloads.read(zipped, int.class, "x")).isEqualTo(7);
	}

	@Test
	void anUnknownCodecIsNamed() {
		Payload payload = new Payload("rot13", new byte[] { 1 });

		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.read(payload, String.class, "the result of step 'charge'"))
			.withMessageContaining("the result of step 'charge' was wrapped by the payload codec 'rot13'")
			.withMessageContaining("[zip-1, aes.2]")
			.withMessageContaining("Register that PayloadCodec again");
	}

	@Test
	void aCodecThatFailsIsNamed() {
		Payload payload = new Payload("zip-1", new byte[0]);

		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.read(payload, String.class, "the value"))
			.withMessageContaining("the payload codec 'zip-1' could not unwrap the value")
			.withMessageContaining("not mine");
	}

	@Test
	void anErrorDoesNotShowTheContentsOfAWrappedPayload() {
		Payload payload = this.payloads.write("secret", String.class, "x");

		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.read(payload, int.class, "x"))
			.withMessageContaining("wrapped by 'zip-1,aes.2'")
			.satisfies((ex) -> assertThat(text(ex)).doesNotContain("secret"));
	}

	@Test
	void anErrorDoesNotShowTheNamesInAWrappedPayload() {
		Payload payload = this.payloads.write(Map.of("secret", 1), Map.class, "x");

		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.read(payload, Plain.class, "x"))
			.withMessageContaining("at $.*: UnrecognizedPropertyException. If a subclass was written")
			.satisfies((ex) -> assertThat(text(ex)).doesNotContain("secret"));
		assertThatExceptionOfType(PayloadSerializationException.class).isThrownBy(() -> this.payloads
			.read(this.payloads.write(Map.of("secret", "x"), Map.class, "x"), new TypeRef<Map<String, Integer>>() {
			}.type(), "x"))
			.withMessageContaining("at $.*: MismatchedInputException")
			.satisfies((ex) -> assertThat(text(ex)).doesNotContain("secret"));
	}

	@Test
	void anErrorDoesNotShowWhatAConstructorSaidOfAWrappedPayload() {
		Payload payload = this.payloads.write(Map.of("number", "secret"), Map.class, "x");

		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.read(payload, Card.class, "x"))
			.satisfies((ex) -> assertThat(text(ex)).doesNotContain("secret")
				.contains("java.lang.IllegalStateException (its message is not shown")
				.contains("TransformChainTests$Card.<init>"));
	}

	@ParameterizedTest
	@MethodSource
	void anErrorDoesNotShowWhatWasToBeWrapped(Object value) {
		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.write(value, Object.class, "x"))
			.satisfies((ex) -> assertThat(text(ex)).doesNotContain("secret"));
		assertThatExceptionOfType(PayloadSerializationException.class).isThrownBy(
				() -> this.payloads.writeArguments(new Object[] { 1, value }, List.of(int.class, Object.class), "x"))
			.satisfies((ex) -> assertThat(text(ex)).doesNotContain("secret"));
		assertThatExceptionOfType(PayloadSerializationException.class).as("what is not wrapped is shown")
			.isThrownBy(() -> payloads().write(value, Object.class, "x"))
			.satisfies((ex) -> assertThat(text(ex)).contains("secret"));
	}

	static Stream<Object> anErrorDoesNotShowWhatWasToBeWrapped() {
		return Stream.of(Map.of("secret", new Object()), Map.of("secret\uD800", 1), Pattern.compile("secret", 2),
				Map.of(new Key("secret"), 1), new Leaking("secret"));
	}

	@Test
	void aWrappedPayloadSaysItsSizeOnly() {
		Payload payload = this.payloads.write("secret", String.class, "x");

		assertThat(this.payloads.excerpt(payload, 100))
			.isEqualTo(payload.bytes().length + " bytes, zip-1,aes.2, not shown");
		assertThat(this.payloads.excerpt(Payload.json(payload.bytes()), 100)).doesNotContain("secret");
		assertThat(payloads().excerpt(payloads().write("open", String.class, "x"), 3)).isEqualTo("\"op…");
		assertThat(Payload.json("secret".getBytes(StandardCharsets.UTF_8))).hasToString("6 bytes");
	}

	@Test
	void anIdIsWellFormedAndUnique() {
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> payloads(new Bracket("a,b", '<', '>')))
			.withMessageContaining("has the id 'a,b'");
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> payloads(new Bracket("a", '<', '>'), new Bracket("a", '(', ')')))
			.withMessageContaining("two payload codecs have the id 'a'");
	}

	private static JacksonPayloads payloads(PayloadTransform... transforms) {
		return new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(transforms), 1000);
	}

	/** All that a log shows of an exception. */
	private static String text(Throwable exception) {
		StringWriter text = new StringWriter();
		exception.printStackTrace(new PrintWriter(text));
		return text.toString() + ((KraftException) exception).fields();
	}

	private static String text(Payload payload) {
		return new String(payload.bytes(), StandardCharsets.UTF_8);
	}

	record Plain(String number) {
	}

	record Card(String number) {

		Card {
			throw new IllegalStateException("bad number " + number);
		}

	}

	/** Does not come back from its text. */
	private record Key(String name) {
	}

	record Leaking(String card) {

		@Override
		public String card() {
			throw new IllegalStateException("no access to " + this.card);
		}

	}

	private record Bracket(String id, char open, char close) implements PayloadTransform {

		@Override
		public byte[] encode(byte[] plain) {
			return (this.open + new String(plain, StandardCharsets.UTF_8) + this.close)
				.getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public byte[] decode(byte[] wrapped) {
			String text = new String(wrapped, StandardCharsets.UTF_8);
			if (text.isEmpty() || text.charAt(0) != this.open) {
				throw new IllegalStateException("not mine");
			}
			return text.substring(1, text.length() - 1).getBytes(StandardCharsets.UTF_8);
		}

	}

}
