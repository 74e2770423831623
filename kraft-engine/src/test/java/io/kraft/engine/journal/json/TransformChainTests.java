package io.kraft.engine.journal.json;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadTransform;
import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.PayloadSerializationException;
import org.junit.jupiter.api.Test;

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
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
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

	private static String text(Payload payload) {
		return new String(payload.bytes(), StandardCharsets.UTF_8);
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
