package io.kraft.engine.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A value of the application, written down.
 *
 * @param codecs ids of the codecs that wrapped it, in the order in which they did,
 * separated by commas; empty if the bytes are plain JSON
 * @param bytes the written value; never changed after construction
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode compare the contents.
public record Payload(String codecs, byte[] bytes) {

	/** The JSON literal {@code null}, which is the value of {@code void} too. */
	public static final Payload NULL = json("null".getBytes(StandardCharsets.UTF_8));

	/**
	 * A payload of plain JSON.
	 */
	public static Payload json(byte[] bytes) {
		return new Payload("", bytes);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Payload that && this.codecs.equals(that.codecs)
				&& Arrays.equals(this.bytes, that.bytes);
	}

	@Override
	public int hashCode() {
		return 31 * this.codecs.hashCode() + Arrays.hashCode(this.bytes);
	}

	/**
	 * How large it is, and its codecs, but not what it holds: that may be encrypted on
	 * disk, and must not get into a message by the way. Those that may show it ask a
	 * {@link PayloadConverter}.
	 */
	@Override
	public String toString() {
		return this.bytes.length + " bytes" + (this.codecs.isEmpty() ? "" : ", " + this.codecs);
	}

}
