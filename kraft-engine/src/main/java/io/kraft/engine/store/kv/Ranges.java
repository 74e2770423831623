package io.kraft.engine.store.kv;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Disjoint ranges of keys, in order; the start of a range is inclusive, its end is
 * exclusive. Immutable: a change of a few hundred ranges copies some references.
 */
final class Ranges {

	static final Ranges NONE = new Ranges(new byte[0][], new byte[0][]);

	/** In numbers of runs. */
	private static final long FAR = 1_000;

	private static final long UNKNOWN = -1;

	private final byte[][] starts;

	private final byte[][] ends;

	private Ranges(byte[][] starts, byte[][] ends) {
		this.starts = starts;
		this.ends = ends;
	}

	int size() {
		return this.starts.length;
	}

	/**
	 * The end of the range in which the key is; null if it is in none.
	 */
	byte @Nullable [] endAfter(byte[] key) {
		int range = lastFrom(key);
		return (range >= 0 && compare(key, this.ends[range]) < 0) ? this.ends[range] : null;
	}

	/**
	 * The start of the range in which is what lies directly before the key; null if it is
	 * in none.
	 */
	byte @Nullable [] startBefore(byte[] key) {
		int range = lastFrom(key);
		if (range >= 0 && compare(this.starts[range], key) == 0) {
			range--;
		}
		return (range >= 0 && compare(key, this.ends[range]) <= 0) ? this.starts[range] : null;
	}

	/**
	 * With a range, which absorbs those that it meets.
	 */
	Ranges with(byte[] start, byte[] end) {
		if (compare(start, end) >= 0) {
			return this;
		}
		int first = lastFrom(start);
		byte[] from = start;
		if (first >= 0 && compare(start, this.ends[first]) <= 0) {
			from = this.starts[first];
		}
		else {
			first++;
		}
		int last = lastFrom(end);
		byte[] to = (last >= first && compare(end, this.ends[last]) < 0) ? this.ends[last] : end;
		return replaced(first, last, new byte[][] { from }, new byte[][] { to });
	}

	/**
	 * With each range of the others.
	 */
	Ranges withAll(Ranges others) {
		Ranges all = this;
		for (int i = 0; i < others.size(); i++) {
			all = all.with(others.starts[i], others.ends[i]);
		}
		return all;
	}

	/**
	 * With a hole at the key, if that is in a range; without what is left of the range
	 * where that is short.
	 */
	Ranges without(byte[] key) {
		int range = lastFrom(key);
		if (range < 0 || compare(key, this.ends[range]) >= 0) {
			return this;
		}
		byte[] next = Keys.next(key);
		Ranges parts = NONE.withLong(this.starts[range], key).withLong(next, this.ends[range]);
		return replaced(range, range, parts.starts, parts.ends);
	}

	private Ranges withLong(byte[] start, byte[] end) {
		return isShort(start, end) ? this : with(start, end);
	}

	/**
	 * Whether the keys are those of runs that lie close together, so that going from one
	 * to the other costs next to nothing.
	 */
	static boolean isShort(byte[] start, byte[] end) {
		long runs = runsBetween(start, end);
		return runs != UNKNOWN && runs <= FAR;
	}

	/**
	 * Whether the keys are those of runs that do not lie close together.
	 */
	static boolean isLong(byte[] start, byte[] end) {
		return runsBetween(start, end) > FAR;
	}

	/** Where the keys of runs differ in their numbers only. */
	private static long runsBetween(byte[] one, byte[] other) {
		// A key that directly follows another one is longer by a byte.
		int number = Math.min(one.length, other.length) - Long.BYTES;
		return (number >= 0 && Math.abs(one.length - other.length) <= 1
				&& Arrays.equals(one, 0, number, other, 0, number))
						? Math.abs(Keys.number(one, number) - Keys.number(other, number)) : UNKNOWN;
	}

	/**
	 * Without every second range.
	 */
	Ranges thinned() {
		byte[][] starts = new byte[this.starts.length / 2][];
		byte[][] ends = new byte[starts.length][];
		for (int i = 0; i < starts.length; i++) {
			starts[i] = this.starts[2 * i];
			ends[i] = this.ends[2 * i];
		}
		return new Ranges(starts, ends);
	}

	/** The last range that starts at the key or before it; -1 if no range does. */
	private int lastFrom(byte[] key) {
		int found = Arrays.binarySearch(this.starts, key, Arrays::compareUnsigned);
		return (found >= 0) ? found : -found - 2;
	}

	private Ranges replaced(int first, int last, byte[][] starts, byte[][] ends) {
		return new Ranges(replaced(this.starts, first, last, starts), replaced(this.ends, first, last, ends));
	}

	private static byte[][] replaced(byte[][] all, int first, int last, byte[][] by) {
		byte[][] result = new byte[all.length - (last - first + 1) + by.length][];
		System.arraycopy(all, 0, result, 0, first);
		System.arraycopy(by, 0, result, first, by.length);
		System.arraycopy(all, last + 1, result, first + by.length, all.length - last - 1);
		return result;
	}

	private static int compare(byte[] one, byte[] other) {
		return Arrays.compareUnsigned(one, other);
	}

}
