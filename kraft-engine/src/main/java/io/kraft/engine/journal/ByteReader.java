package io.kraft.engine.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ByteWriter} wrote. Trusts no input: bytes that are missing, left over
 * or out of range give {@link UnreadableEntryException#CORRUPT}, and no length makes it
 * allocate more than there are bytes. Not thread-safe.
 */
public final class ByteReader {

	private final byte[] bytes;

	private int at;

	public ByteReader(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * From 0 to 255.
	 */
	public int readByte() {
		return this.bytes[take(1)] & 0xFF;
	}

	public boolean readBoolean() {
		int value = readByte();
		if (value > 1) {
			throw corrupt("byte " + (this.at - 1) + " is not a boolean");
		}
		return value == 1;
	}

	public long readUnsigned() {
		long value = 0;
		for (int shift = 0; shift < 64; shift += 7) {
			int next = readByte();
			value |= (long) (next & 0x7F) << shift;
			if (next < 0x80) {
				return value;
			}
		}
		throw corrupt("the number before byte " + this.at + " does not end");
	}

	public long readSigned() {
		long value = readUnsigned();
		return (value >>> 1) ^ -(value & 1);
	}

	public long readFixed64() {
		int start = take(8);
		long value = 0;
		for (int i = start; i < start + 8; i++) {
			value = (value << 8) | (this.bytes[i] & 0xFF);
		}
		return value;
	}

	/**
	 * A number that {@link ByteWriter#writeUnsigned} wrote, within bounds.
	 */
	public int readInt(int least, int most) {
		long value = readUnsigned();
		if (value < least || value > most) {
			throw corrupt("the number before byte " + this.at + " is " + value + ", not " + least + " to " + most);
		}
		return (int) value;
	}

	public byte[] readBytes() {
		int length = readLength();
		int start = take(length);
		return Arrays.copyOfRange(this.bytes, start, start + length);
	}

	public String readString() {
		int length = readLength();
		return new String(this.bytes, take(length), length, StandardCharsets.UTF_8);
	}

	public @Nullable String readOptionalString() {
		return readBoolean() ? readString() : null;
	}

	public Instant readMillis() {
		return Instant.ofEpochMilli(readSigned());
	}

	/**
	 * How many bytes are left; the most elements that a list can still have.
	 */
	public int remaining() {
		return this.bytes.length - this.at;
	}

	/**
	 * Checks that no bytes are left.
	 */
	public void end() {
		if (remaining() > 0) {
			throw corrupt(remaining() + " bytes follow its end at byte " + this.at);
		}
	}

	/**
	 * What is wrong, as an exception.
	 */
	public UnreadableEntryException corrupt(String fault) {
		return UnreadableEntryException.corrupt(fault);
	}

	private int readLength() {
		return readInt(0, Integer.MAX_VALUE);
	}

	private int take(int count) {
		if (count > remaining()) {
			throw corrupt("it ends at byte " + this.bytes.length + ", but " + count + " more were expected at byte "
					+ this.at);
		}
		int start = this.at;
		this.at += count;
		return start;
	}

}
