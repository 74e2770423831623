package io.kraft.engine.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import io.kraft.engine.PayloadCodec;
import org.jspecify.annotations.Nullable;

/**
 * Compresses payloads by Deflate (RFC 1951, in the format of zlib), if they are large
 * enough and become smaller. A byte before the contents says whether they are compressed.
 * What is decompressed is bounded, so that few bytes cannot fill the heap. Thread-safe.
 */
public final class DeflateCompression implements PayloadCodec {

	/** The id of this codec, which is recorded with each payload. */
	public static final String ID = "deflate";

	private static final byte AS_IS = 0;

	private static final byte DEFLATED = 1;

	private static final int CHUNK_BYTES = 8192;

	private final int minBytes;

	private final long maxBytes;

	/**
	 * A codec with bounds.
	 * @param minBytes smaller payloads are not compressed; at least 0
	 * @param maxBytes largest payload before compression, and so behind decompression; at
	 * least 1
	 */
	public DeflateCompression(int minBytes, long maxBytes) {
		if (minBytes < 0 || maxBytes < 1) {
			throw new IllegalArgumentException(
					"minBytes is at least 0 and maxBytes at least 1, but they are " + minBytes + " and " + maxBytes);
		}
		this.minBytes = minBytes;
		this.maxBytes = maxBytes;
	}

	@Override
	public String id() {
		return ID;
	}

	@Override
	public byte[] encode(byte[] plain) {
		byte[] deflated = (plain.length >= this.minBytes) ? deflate(plain) : null;
		return (deflated != null) ? deflated : asIs(plain);
	}

	private static byte[] asIs(byte[] plain) {
		byte[] bytes = new byte[plain.length + 1];
		bytes[0] = AS_IS;
		System.arraycopy(plain, 0, bytes, 1, plain.length);
		return bytes;
	}

	/** Null if it would not be smaller. */
	private static byte @Nullable [] deflate(byte[] plain) {
		byte[] bytes = new byte[plain.length];
		if (bytes.length == 0) {
			return null;
		}
		bytes[0] = DEFLATED;
		Deflater deflater = new Deflater(Deflater.BEST_SPEED);
		try {
			deflater.setInput(plain);
			deflater.finish();
			int length = 1;
			while (!deflater.finished() && length < bytes.length) {
				length += deflater.deflate(bytes, length, bytes.length - length);
			}
			return deflater.finished() ? Arrays.copyOf(bytes, length) : null;
		}
		finally {
			deflater.end();
		}
	}

	@Override
	public byte[] decode(byte[] wrapped) {
		if (wrapped.length > 0 && wrapped[0] == AS_IS) {
			return Arrays.copyOfRange(wrapped, 1, wrapped.length);
		}
		if (wrapped.length == 0 || wrapped[0] != DEFLATED) {
			throw new IllegalArgumentException("it was not written by this codec");
		}
		return inflate(wrapped);
	}

	private byte[] inflate(byte[] wrapped) {
		ByteArrayOutputStream plain = new ByteArrayOutputStream(
				(int) Math.min(this.maxBytes, Math.max(CHUNK_BYTES, 4L * wrapped.length)));
		byte[] chunk = new byte[CHUNK_BYTES];
		Inflater inflater = new Inflater();
		try {
			inflater.setInput(wrapped, 1, wrapped.length - 1);
			while (!inflater.finished()) {
				int length = inflater.inflate(chunk);
				if (length == 0 && !inflater.finished()) {
					throw new IllegalArgumentException("it is cut off");
				}
				if (plain.size() + (long) length > this.maxBytes) {
					throw new IllegalArgumentException("it is larger than " + this.maxBytes
							+ " bytes when it is decompressed, the limit set by kraft.engine.max-payload-size");
				}
				plain.write(chunk, 0, length);
			}
			if (inflater.getRemaining() > 0) {
				throw new IllegalArgumentException("more follows after its end");
			}
			return plain.toByteArray();
		}
		catch (DataFormatException ex) {
			throw new IllegalArgumentException("it is not compressed by Deflate", ex);
		}
		finally {
			inflater.end();
		}
	}

}
