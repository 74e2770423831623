package io.kraft.engine.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * 128 random bits that only the journal of a run has. What is given away is derived from
 * them, by HMAC-SHA-256 with a key for each purpose that is itself derived so: no value
 * reveals anything about the secret, about one for another purpose, or about one of
 * another place. Immutable.
 */
public final class RunSecret {

	private static final String ALGORITHM = "HmacSHA256";

	private static final int SIZE = 16;

	private final byte[] bytes;

	RunSecret(long high, long low) {
		this(ByteBuffer.allocate(SIZE).putLong(high).putLong(low).array());
	}

	private RunSecret(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * A new one.
	 * @param random a secure source, outside of tests
	 */
	public static RunSecret draw(RandomGenerator random) {
		byte[] bytes = new byte[SIZE];
		random.nextBytes(bytes);
		return new RunSecret(bytes);
	}

	/**
	 * Derives 32 bytes, always the same for the same purpose and parts.
	 * @param parts in their order; which text is in which part matters
	 */
	public byte[] derive(Purpose purpose, String... parts) {
		Mac mac = mac(mac(this.bytes).doFinal(purpose.label()));
		for (String part : parts) {
			byte[] text = part.getBytes(StandardCharsets.UTF_8);
			mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
			mac.update(text);
		}
		return mac.doFinal();
	}

	private static Mac mac(byte[] key) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(key, ALGORITHM));
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every JDK has " + ALGORITHM, ex);
		}
	}

	long high() {
		return ByteBuffer.wrap(this.bytes).getLong();
	}

	long low() {
		return ByteBuffer.wrap(this.bytes).getLong(Long.BYTES);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof RunSecret that && MessageDigest.isEqual(this.bytes, that.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.bytes);
	}

	/**
	 * Nothing of it.
	 */
	@Override
	public String toString() {
		return "(secret)";
	}

	/**
	 * What a derived value is for.
	 */
	public enum Purpose {

		/** Completes a callback. */
		CALLBACK,

		/** Is given to the services that steps call. */
		IDEMPOTENCY;

		// Not the constant's name: that may change, and what was derived may not.
		private byte[] label() {
			String label = switch (this) {
				case CALLBACK -> "kraft/callback/1";
				case IDEMPOTENCY -> "kraft/idempotency/1";
			};
			return label.getBytes(StandardCharsets.US_ASCII);
		}

	}

}
