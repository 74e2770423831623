package io.kraft.engine.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Appends values to bytes: numbers as varints of seven bits a byte, lowest first; strings
 * as UTF-8 after their length. Not thread-safe.
 */
public final class ByteWriter {

	private byte[] buffer;

	private int size;

	/**
	 * A writer that is empty.
	 * @param expectedBytes allocated initially; what is written may be shorter or longer
	 */
	public ByteWriter(int expectedBytes) {
		this.buffer = new byte[expectedBytes];
	}

	/**
	 * What was written, without a copy: the writer must not be used afterwards.
	 */
	public byte[] toBytes() {
		return (this.size == this.buffer.length) ? this.buffer : Arrays.copyOf(this.buffer, this.size);
	}

	/**
	 * The lowest eight bits.
	 */
	public ByteWriter writeByte(int value) {
		reserve(1);
		this.buffer[this.size++] = (byte) value;
		return this;
	}

	public ByteWriter writeBoolean(boolean value) {
		return writeByte(value ? 1 : 0);
	}

	/**
	 * A number that is small and seldom negative: one byte below 128, ten if negative.
	 */
	public ByteWriter writeUnsigned(long value) {
		reserve(10);
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			this.buffer[this.size++] = (byte) (rest | 0x80);
			rest >>>= 7;
		}
		this.buffer[this.size++] = (byte) rest;
		return this;
	}

	/**
	 * A number of either sign, one byte from -64 to 63.
	 */
	public ByteWriter writeSigned(long value) {
		return writeUnsigned((value << 1) ^ (value >> 63));
	}

	/**
	 * Eight bytes, highest first.
	 */
	public ByteWriter writeFixed64(long value) {
		reserve(8);
		for (int shift = 56; shift >= 0; shift -= 8) {
			this.buffer[this.size++] = (byte) (value >>> shift);
		}
		return this;
	}

	public ByteWriter writeBytes(byte[] value) {
		writeUnsigned(value.length);
		reserve(value.length);
		System.arraycopy(value, 0, this.buffer, this.size, value.length);
		this.size += value.length;
		return this;
	}

	public ByteWriter writeString(String value) {
		int length = value.length();
		int start = this.size;
		writeUnsigned(length);
		reserve(length);
		for (int i = 0; i < length; i++) {
			char c = value.charAt(i);
			if (c >= 0x80) {
				this.size = start;
				return writeBytes(value.getBytes(StandardCharsets.UTF_8));
			}
			this.buffer[this.size++] = (byte) c;
		}
		return this;
	}

	/**
	 * A byte for whether there is a string, and the string.
	 */
	public ByteWriter writeOptionalString(@Nullable String value) {
		writeBoolean(value != null);
		return (value != null) ? writeString(value) : this;
	}

	/**
	 * An instant in whole milliseconds; one beyond what they can count becomes the
	 * farthest that they can.
	 */
	public ByteWriter writeMillis(Instant instant) {
		return writeSigned(millis(instant));
	}

	/**
	 * Milliseconds since 1970, or the farthest that can be counted.
	 */
	public static long millis(Instant instant) {
		try {
			return instant.toEpochMilli();
		}
		catch (ArithmeticException ex) {
			return (instant.getEpochSecond() < 0) ? Long.MIN_VALUE : Long.MAX_VALUE;
		}
	}

	private void reserve(int more) {
		if (this.buffer.length - this.size < more) {
			this.buffer = Arrays.copyOf(this.buffer, Math.max(this.size + more, this.buffer.length * 2));
		}
	}

}
