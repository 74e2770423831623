package io.kraft.engine.store.kv;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import io.kraft.engine.store.StorageException;

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

	/** Follows a zero byte that is a part of a string. */
	private static final byte ESCAPE = (byte) 0xFF;

	private static final int MAX_SHOWN = 64;

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
	 * @throws StorageException if it does not end with a number
	 */
	static long lastNumber(byte[] key) {
		return notNegative(number(key, key.length - Long.BYTES), key);
	}

	/**
	 * The number at an offset in a key.
	 * @throws StorageException if it is not long enough
	 */
	static long number(byte[] key, int offset) {
		if (offset < 0 || key.length < offset + Long.BYTES) {
			throw damaged(key, "a number of 8 bytes");
		}
		return ByteBuffer.wrap(key).getLong(offset);
	}

	/**
	 * The key that directly follows.
	 */
	static byte[] next(byte[] key) {
		return Arrays.copyOf(key, key.length + 1);
	}

	/**
	 * A number that was read from a key.
	 * @throws StorageException if it is negative, as none is that was written
	 */
	static long notNegative(long number, byte[] key) {
		if (number < 0) {
			throw damaged(key, "a number that is not negative");
		}
		return number;
	}

	/**
	 * The string behind the first byte of a key.
	 * @throws StorageException if it holds none
	 */
	static String firstString(byte[] key) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(key.length);
		for (int at = 1; at < key.length; at++) {
			if (key[at] != 0) {
				bytes.write(key[at]);
			}
			else if (at + 1 < key.length && key[at + 1] == ESCAPE) {
				bytes.write(0);
				at++;
			}
			else {
				return bytes.toString(StandardCharsets.UTF_8);
			}
		}
		throw damaged(key, "a string that ends with a zero byte");
	}

	/**
	 * What to throw for a key that cannot have been written.
	 * @param expected what it should hold
	 */
	static StorageException damaged(byte[] key, String expected) {
		return new StorageException(StorageException.DAMAGED,
				"a key of the store was damaged after it was written: expected is " + expected + ", but found is '"
						+ HexFormat.of().formatHex(key, 0, Math.min(key.length, MAX_SHOWN)) + "' (" + key.length
						+ " bytes). Restore the data from a backup. See docs/reference/errors.md#kraft-4003",
				null);
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
				escaped.put(ESCAPE);
			}
		}
		return escaped.array();
	}

}
