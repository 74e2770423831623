package io.kraft.engine.journal.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Collects written bytes up to a limit and refuses the first write beyond it, so that a
 * huge value costs no more memory than the limit. Not thread-safe.
 */
final class BoundedBytes extends OutputStream {

	// What a virtual machine can hold in one array.
	private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

	private final int limit;

	private byte[] bytes = new byte[0];

	private int size;

	private boolean exceeded;

	BoundedBytes(long limit) {
		this.limit = (int) Math.min(limit, LARGEST_ARRAY);
	}

	@Override
	public void write(int value) throws IOException {
		write(new byte[] { (byte) value }, 0, 1);
	}

	@Override
	public void write(byte[] source, int offset, int length) throws IOException {
		if (this.exceeded || length > this.limit - this.size) {
			this.exceeded = true;
			throw new IOException("more than " + this.limit + " bytes");
		}
		int needed = this.size + length;
		if (needed > this.bytes.length) {
			// The first write is exact: most values arrive in one piece, and are not
			// copied again.
			long grown = (this.size == 0) ? needed : Math.max(needed, 2L * this.bytes.length);
			this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(grown, this.limit));
		}
		System.arraycopy(source, offset, this.bytes, this.size, length);
		this.size = needed;
	}

	/**
	 * Whether more was written than the limit allows; it stays so.
	 */
	boolean exceeded() {
		return this.exceeded;
	}

	byte[] toByteArray() {
		return (this.size == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.size);
	}

}
