package io.kraft.engine.codec;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadLocation;
import io.kraft.engine.journal.json.JacksonPayloads;
import io.kraft.engine.testing.HostileBytes;
import io.kraft.workflow.KraftException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes that were not wrapped by the codecs are refused with a code, and take no memory.
 */
class CodecFuzzTests {

	private static final AesGcmEncryption ENCRYPTION = new AesGcmEncryption(
			EncryptionKeys.ofBase64("k",
					Map.of("k", Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.UTF_8)))),
			true);

	private static final DeflateCompression COMPRESSION = new DeflateCompression(0, 100_000);

	private static final JacksonPayloads PAYLOADS = new JacksonPayloads(JacksonPayloads.defaultMapper(),
			List.of(COMPRESSION, ENCRYPTION), 100_000);

	@Test
	void hostileBytesAreRefused() {
		HostileBytes.tryAll(wrapped(), CodecFuzzTests::unwrap);
	}

	@MethodSource("wrapped")
	@FuzzTest(maxDuration = "10m")
	void anyBytesAreRefused(byte[] bytes) {
		HostileBytes.tryOne(bytes, CodecFuzzTests::unwrap);
	}

	static List<byte[]> wrapped() {
		byte[] json = ("{\"items\":[" + "{\"sku\":\"book\"},".repeat(100) + "1]}").getBytes(StandardCharsets.UTF_8);
		return List.of(ENCRYPTION.encode(json, PayloadLocation.ofEntry(1, 2, 0)),
				ENCRYPTION.encode(new byte[0], PayloadLocation.ofPublished(1, "key")), COMPRESSION.encode(json),
				COMPRESSION.encode(new byte[0]), COMPRESSION.encode(new byte[50_000]));
	}

	private static void unwrap(byte[] bytes) {
		ENCRYPTION.isFor(bytes, PayloadLocation.ofEntry(1, 2, 0));
		for (String codecs : List.of(AesGcmEncryption.ID, DeflateCompression.ID)) {
			try {
				PAYLOADS.text(new Payload(codecs, bytes));
			}
			catch (KraftException ex) {
				// It has a code.
			}
		}
	}

}
