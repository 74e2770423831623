package io.kraft.engine.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.kraft.engine.journal.PayloadLocation;
import io.kraft.workflow.InvalidDefinitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AesGcmEncryptionTests {

	private static final String OLD = "MDEyMzQ1Njc4OWFiY2RlZg==";

	private static final String NEW = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

	private static final PayloadLocation HERE = PayloadLocation.ofEntry(7, 3, 0);

	private static final byte[] PLAIN = "{\"card\":\"4111\"}".getBytes(StandardCharsets.UTF_8);

	private final AesGcmEncryption encryption = encryption("2026", Map.of("2025", OLD, "2026", NEW));

	@Test
	void readsWhatItHasWrittenAndShowsNothingOfIt() {
		byte[] wrapped = this.encryption.encode(PLAIN, HERE);

		assertThat(new String(wrapped, StandardCharsets.ISO_8859_1)).contains("2026", "7/journal/3/0")
			.doesNotContain("4111");
		assertThat(this.encryption.decode(wrapped)).isEqualTo(PLAIN);
		assertThat(this.encryption.isFor(wrapped, HERE)).isTrue();
		assertThat(this.encryption.isFor(wrapped, PayloadLocation.ofEntry(7, 3, 1))).isFalse();
		assertThat(this.encryption.isFor(wrapped, PayloadLocation.ofEntry(8, 3, 0))).isFalse();
	}

	@Test
	void readsAnEmptyPayload() {
		assertThat(this.encryption.decode(this.encryption.encode(new byte[0], HERE))).isEmpty();
	}

	@Test
	void noNonceComesTwice() {
		Set<String> nonces = new HashSet<>();
		for (int i = 0; i < 10_000; i++) {
			EncryptedPayload payload = EncryptedPayload.parse(this.encryption.encode(PLAIN, HERE));
			assertThat(payload).isNotNull();
			nonces.add(Base64.getEncoder().encodeToString(payload.nonce()));
		}

		assertThat(nonces).hasSize(10_000);
	}

	@Test
	void readsWhatAnOldKeyHasWritten() {
		byte[] wrapped = encryption("2025", Map.of("2025", OLD)).encode(PLAIN, HERE);

		assertThat(this.encryption.decode(wrapped)).isEqualTo(PLAIN);
	}

	@Test
	void namesAKeyThatItDoesNotHave() {
		byte[] wrapped = this.encryption.encode(PLAIN, HERE);

		assertThatExceptionOfType(PayloadDecryptionException.class)
			.isThrownBy(() -> encryption("2025", Map.of("2025", OLD)).decode(wrapped))
			.withMessageContaining("with the key '2026', which is not one of [2025]");
	}

	@Test
	void anotherKeyOfTheSameIdReadsNothing() {
		byte[] wrapped = this.encryption.encode(PLAIN, HERE);

		assertThatExceptionOfType(PayloadDecryptionException.class)
			.isThrownBy(() -> encryption("2026", Map.of("2026", OLD)).decode(wrapped))
			.withMessageContaining("the key '2026' is not the one that has encrypted it, or it was changed since");
	}

	@Test
	void noBitCanBeChangedAndNoByteCutOff() {
		byte[] wrapped = this.encryption.encode(PLAIN, HERE);
		for (int bit = 0; bit < wrapped.length * Byte.SIZE; bit++) {
			byte[] changed = wrapped.clone();
			changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));

			assertThatExceptionOfType(PayloadDecryptionException.class)
				.isThrownBy(() -> this.encryption.decode(changed));
		}
		for (int length = 0; length < wrapped.length; length++) {
			byte[] cutOff = Arrays.copyOf(wrapped, length);

			assertThatExceptionOfType(PayloadDecryptionException.class)
				.isThrownBy(() -> this.encryption.decode(cutOff));
			assertThat(this.encryption.isFor(cutOff, PayloadLocation.ofEntry(1, 1, 1))).isFalse();
		}
	}

	@Test
	void noTextHasAnyPartOfAKey() {
		assertThat(this.encryption.toString()).isEqualTo("aes-gcm with keys [2025, 2026], of which '2026' encrypts");
	}

	@ParameterizedTest
	@ValueSource(strings = { "MDEyMzQ1Njc4OWFiY2RlZjAx", "secret!", "" })
	void aKeyThatIsNoneIsRefusedWithoutBeingShown(String key) {
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> EncryptionKeys.ofBase64("k", Map.of("k", key)))
			.withMessageContaining("the key 'k' ")
			.withMessageContaining("openssl rand -base64 32")
			.withNoCause()
			.satisfies((ex) -> assertThat(key.isEmpty() || !ex.getMessage().contains(key)).isTrue());
	}

	@Test
	void theActiveKeyIsOneOfTheKeys() {
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> EncryptionKeys.ofBase64("2027", Map.of("2026", NEW)))
			.withMessageContaining("the active key '2027' is not one of the keys [2026]");
	}

	@Test
	void theIdOfAKeyIsWellFormed() {
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> EncryptionKeys.ofBase64("a b", Map.of("a b", NEW)))
			.withMessageContaining("the id 'a b'");
	}

	@Test
	void aKeyInThePlaceOfAnIdIsNotShown() {
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> EncryptionKeys.ofBase64(NEW, Map.of("2026", NEW)))
			.withMessageContaining("the active key (of 44 characters, not shown")
			.withMessageNotContaining(NEW);
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> EncryptionKeys.ofBase64("2026", Map.of(NEW, "2026")))
			.withMessageContaining("the id (of 44 characters, not shown")
			.withMessageNotContaining(NEW);
	}

	private static AesGcmEncryption encryption(String active, Map<String, String> keys) {
		return new AesGcmEncryption(EncryptionKeys.ofBase64(active, keys), false);
	}

}
