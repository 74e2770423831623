package io.kraft.engine.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.kraft.engine.journal.PayloadLocation;
import org.jspecify.annotations.Nullable;

/**
 * How an encrypted payload is written: a byte for the version of the format, the id of
 * the key behind its length, the location behind its length, the nonce, and what AES-GCM
 * makes of the contents, its tag at the end. What is before the nonce is readable, and is
 * the additional data that the tag covers.
 *
 * @param keyId of the key
 * @param location for which it was encrypted, as text
 * @param header the additional data
 * @param nonce of {@link #NONCE_BYTES}
 * @param contents encrypted, with the tag
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record EncryptedPayload(String keyId, String location, byte[] header, byte[] nonce, byte[] contents) {

	static final int NONCE_BYTES = 12;

	static final int TAG_BYTES = 16;

	private static final byte VERSION = 1;

	/**
	 * The additional data of a payload.
	 */
	static byte[] header(String keyId, PayloadLocation location) {
		byte[] key = keyId.getBytes(StandardCharsets.UTF_8);
		byte[] place = location.toString().getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(2 + key.length + Integer.BYTES + place.length)
			.put(VERSION)
			.put((byte) key.length)
			.put(key)
			.putInt(place.length)
			.put(place)
			.array();
	}

	/**
	 * The parts of a payload; null if it is none.
	 */
	static @Nullable EncryptedPayload parse(byte[] bytes) {
		ByteBuffer in = ByteBuffer.wrap(bytes);
		if (in.remaining() < 2 || in.get() != VERSION) {
			return null;
		}
		String key = text(in, in.get());
		String place = (key != null && in.remaining() >= Integer.BYTES) ? text(in, in.getInt()) : null;
		if (key == null || place == null || !EncryptionKeys.isId(key) || in.remaining() < NONCE_BYTES + TAG_BYTES) {
			return null;
		}
		byte[] header = Arrays.copyOf(bytes, in.position());
		byte[] nonce = new byte[NONCE_BYTES];
		in.get(nonce);
		byte[] contents = new byte[in.remaining()];
		in.get(contents);
		return new EncryptedPayload(key, place, header, nonce, contents);
	}

	private static @Nullable String text(ByteBuffer in, int length) {
		if (length < 0 || length > in.remaining()) {
			return null;
		}
		byte[] text = new byte[length];
		in.get(text);
		return new String(text, StandardCharsets.UTF_8);
	}

}
