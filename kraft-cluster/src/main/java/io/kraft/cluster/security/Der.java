package io.kraft.cluster.security;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Values in DER (X.690), as many as a certificate needs.
 */
final class Der {

	private static final int INTEGER = 0x02;

	private static final int BIT_STRING = 0x03;

	private static final int OBJECT_ID = 0x06;

	private static final int UTF8_STRING = 0x0C;

	private static final int GENERALIZED_TIME = 0x18;

	private static final int SEQUENCE = 0x30;

	private static final int SET = 0x31;

	private static final int CONTEXT = 0xA0;

	private static final int LONG_FORM = 0x80;

	private Der() {
	}

	static byte[] sequence(byte[]... parts) {
		return value(SEQUENCE, parts);
	}

	static byte[] set(byte[]... parts) {
		return value(SET, parts);
	}

	/** With an explicit tag of the context. */
	static byte[] tagged(int tag, byte[] part) {
		return value(CONTEXT | tag, part);
	}

	static byte[] integer(BigInteger number) {
		return value(INTEGER, number.toByteArray());
	}

	static byte[] bits(byte[] bytes) {
		return value(BIT_STRING, new byte[] { 0 }, bytes);
	}

	static byte[] text(String text) {
		return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
	}

	/** As {@code yyyyMMddHHmmssZ}. */
	static byte[] time(String time) {
		return value(GENERALIZED_TIME, time.getBytes(StandardCharsets.US_ASCII));
	}

	/** An object identifier, of parts below 128 but for those that take two bytes. */
	static byte[] id(int... parts) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(40 * parts[0] + parts[1]);
		for (int i = 2; i < parts.length; i++) {
			if (parts[i] >= 1 << 7) {
				out.write(LONG_FORM | (parts[i] >> 7));
			}
			out.write(parts[i] & 0x7F);
		}
		return value(OBJECT_ID, out.toByteArray());
	}

	private static byte[] value(int tag, byte[]... parts) {
		ByteArrayOutputStream contents = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			contents.writeBytes(part);
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(tag);
		int length = contents.size();
		if (length < LONG_FORM) {
			out.write(length);
		}
		else if (length <= 0xFF) {
			out.write(LONG_FORM | 1);
			out.write(length);
		}
		else {
			out.write(LONG_FORM | 2);
			out.write(length >> Byte.SIZE);
			out.write(length);
		}
		out.writeBytes(contents.toByteArray());
		return out.toByteArray();
	}

}
