package io.kraft.engine.store.kv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Parts of keys whose order as bytes is their order as values.
 * <p>
 * A string is its UTF-8, with each zero byte followed by {@code FF}, and ends with a zero
 * byte: so no string with what follows it looks like another one with something else
 * behind, as {@code "a" + "b1"} and {@code "ab" + "1"} would. What follows a string must
 * not begin with {@code FF}.
 */
final class Keys {

	static final byte[] EMPTY = new byte[0];

	private Keys() {
	}

	/**
	 * A number that is not negative.
	 */
	static byte[] number(long number) {
		return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
	}

	/**
	 * The number that a key ends with.
	 */
	static long lastNumber(byte[] key) {
		return number(key, key.length - Long.BYTES);
	}

	/**
	 * The number at an offset in a key.
	 */
	static long number(byte[] key, int offset) {
		return ByteBuffer.wrap(key).getLong(offset);
	}

	/**
	 * The key that directly follows.
	 */
	static byte[] next(byte[] key) {
		return Arrays.copyOf(key, key.length + 1);
	}

	/**
	 * The key of the prefix and a number that is not negative.
	 */
	static byte[] append(byte[] prefix, long number) {
		return ByteBuffer.allocate(prefix.length + Long.BYTES).put(prefix).putLong(number).array();
	}

	/**
	 * The first key behind all that begin with the prefix and a number.
	 */
	static byte[] after(byte[] prefix) {
		byte[] key = Arrays.copyOf(prefix, prefix.length + 1);
		key[prefix.length] = (byte) 0xFF;
		return key;
	}

	/**
	 * A number of either sign, to be written as a number that is not negative.
	 */
	static long ordered(long signed) {
		return signed ^ Long.MIN_VALUE;
	}

	/**
	 * The first byte, and the strings.
	 */
	static byte[] strings(int first, String... strings) {
		byte[][] parts = new byte[strings.length][];
		int length = 1;
		for (int i = 0; i < strings.length; i++) {
			parts[i] = escaped(strings[i].getBytes(StandardCharsets.UTF_8));
			length += parts[i].length + 1;
		}
		ByteBuffer key = ByteBuffer.allocate(length).put((byte) first);
		for (byte[] part : parts) {
			key.put(part).put((byte) 0);
		}
		return key.array();
	}

	private static byte[] escaped(byte[] bytes) {
		int zeros = 0;
		for (byte b : bytes) {
			zeros += (b == 0) ? 1 : 0;
		}
		if (zeros == 0) {
			return bytes;
		}
		ByteBuffer escaped = ByteBuffer.allocate(bytes.length + zeros);
		for (byte b : bytes) {
			escaped.put(b);
			if (b == 0) {
				escaped.put((byte) 0xFF);
			}
		}
		return escaped.array();
	}

}
