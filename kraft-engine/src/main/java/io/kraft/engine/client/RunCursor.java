package io.kraft.engine.client;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Where a page of runs begins in each partition. As text: of one partition the number of
 * a run, of several how many there are and their numbers with those of runs, in Base64.
 */
final class RunCursor {

	private static final int PART_BYTES = Short.BYTES + Long.BYTES;

	private final long[] before;

	private RunCursor(long[] before) {
		this.before = before;
	}

	/**
	 * Reads a text.
	 * @param text null means the first page
	 * @throws IllegalArgumentException if it is no cursor of so many partitions
	 */
	static RunCursor of(@Nullable String text, int partitions) {
		long[] before = new long[partitions];
		if (text == null) {
			Arrays.fill(before, Long.MAX_VALUE);
			return new RunCursor(before);
		}
		try {
			if (partitions == 1) {
				before[0] = Long.parseLong(text);
				check(before[0] > 0);
			}
			else {
				read(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)), before);
			}
			return new RunCursor(before);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("'" + text + "' is not a cursor: pass the nextCursor of the page before",
					ex);
		}
	}

	private static void read(ByteBuffer bytes, long[] before) {
		check(bytes.remaining() > Short.BYTES && (bytes.remaining() - Short.BYTES) % PART_BYTES == 0);
		// One of fewer partitions would leave out the runs of the others.
		check(bytes.getShort() == before.length);
		while (bytes.hasRemaining()) {
			int partition = bytes.getShort();
			long number = bytes.getLong();
			check(partition >= 0 && partition < before.length && before[partition] == 0 && number > 0);
			before[partition] = number;
		}
	}

	private static void check(boolean isCursor) {
		if (!isCursor) {
			throw new IllegalArgumentException("not a cursor");
		}
	}

	/**
	 * Runs of lower numbers are on the page; 0 if the partition has no more.
	 */
	long before(int partition) {
		return this.before[partition];
	}

	/**
	 * Where the next page begins.
	 */
	void set(int partition, long before) {
		this.before[partition] = before;
	}

	/**
	 * Null if no partition has more.
	 */
	@Nullable String toText() {
		if (this.before.length == 1) {
			return (this.before[0] > 0) ? Long.toString(this.before[0]) : null;
		}
		ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES + this.before.length * PART_BYTES);
		bytes.putShort((short) this.before.length);
		for (int partition = 0; partition < this.before.length; partition++) {
			if (this.before[partition] > 0) {
				bytes.putShort((short) partition).putLong(this.before[partition]);
			}
		}
		return (bytes.position() > Short.BYTES)
				? Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes.array(), bytes.position()))
				: null;
	}

}
