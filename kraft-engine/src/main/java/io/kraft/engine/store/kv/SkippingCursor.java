package io.kraft.engine.store.kv;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A cursor that leaves out where earlier ones have found nothing, and remembers where it
 * finds nothing itself, unless that is so short that it costs nothing to go there again:
 * where it was sent and where it ends, and between two runs whose numbers are far apart.
 */
final class SkippingCursor implements KeyCursor {

	private static final byte[] HIGHEST = { (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF,
			(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF };

	private final KeyCursor cursor;

	private final EmptyRanges.View empty;

	private final Keyspace space;

	private final byte[] from;

	private final byte[] to;

	private byte @Nullable [] key;

	SkippingCursor(KeyCursor cursor, EmptyRanges.View empty, Keyspace space, byte[] from, byte @Nullable [] to) {
		this.cursor = cursor;
		this.empty = empty;
		this.space = space;
		this.from = from;
		// No key begins so: in all of these keyspaces there is a number or a kind first.
		this.to = (to != null) ? to : HIGHEST;
	}

	@Override
	public boolean first() {
		return forwards(this.from, true);
	}

	@Override
	public boolean last() {
		return backwards(this.to, true);
	}

	@Override
	public boolean atOrBefore(byte[] key) {
		byte[] behind = Keys.next(key);
		return backwards((compare(behind, this.to) < 0) ? behind : this.to, true);
	}

	@Override
	public boolean atOrAfter(byte[] key) {
		return forwards((compare(key, this.from) > 0) ? key : this.from, true);
	}

	@Override
	public boolean next() {
		return forwards(Keys.next(key()), false);
	}

	@Override
	public boolean previous() {
		return backwards(key(), false);
	}

	@Override
	public byte[] key() {
		byte[] key = this.key;
		return (key != null) ? key : this.cursor.key();
	}

	@Override
	public byte[] value() {
		return this.cursor.value();
	}

	@Override
	public void close() {
		this.cursor.close();
	}

	/**
	 * Goes to the first key at the given one or behind it.
	 * @param seeks whether the cursor is elsewhere, else at the key directly before
	 */
	private boolean forwards(byte[] start, boolean seeks) {
		byte[] end = this.empty.endAfter(this.space, start);
		boolean found;
		if (end != null) {
			found = compare(end, this.to) < 0 && this.cursor.atOrAfter(end);
		}
		else {
			found = seeks ? this.cursor.atOrAfter(start) : this.cursor.next();
		}
		this.key = found ? this.cursor.key() : null;
		byte[] reached = (this.key != null) ? this.key : this.to;
		remember(start, reached, end, found && !seeks);
		return found;
	}

	/**
	 * Goes to the last key before the given one.
	 * @param seeks whether the cursor is elsewhere, else at that key
	 */
	private boolean backwards(byte[] end, boolean seeks) {
		byte[] start = this.empty.startBefore(this.space, end);
		boolean found;
		if (start != null) {
			found = compare(start, this.from) > 0 && this.cursor.atOrBefore(start);
		}
		else if (seeks) {
			// The key itself is not within this cursor, or directly follows the one
			// sought.
			found = this.cursor.atOrBefore(end);
		}
		else {
			found = this.cursor.previous();
		}
		this.key = found ? this.cursor.key() : null;
		byte[] reached = (this.key != null) ? Keys.next(this.key) : this.from;
		remember(reached, end, start, found && !seeks);
		return found;
	}

	/**
	 * @param known how far a known range has led; null if none was known
	 * @param isStep whether the next key was found by one step, which is short as a rule
	 */
	private void remember(byte[] start, byte[] end, byte @Nullable [] known, boolean isStep) {
		boolean isKnown = known != null && (compare(known, start) <= 0 || compare(known, end) >= 0);
		if (isKnown || compare(start, end) >= 0) {
			return;
		}
		if (isStep ? Ranges.isLong(start, end) : !Ranges.isShort(start, end)) {
			this.empty.found(this.space, start, end);
		}
	}

	private static int compare(byte[] one, byte[] other) {
		return Arrays.compareUnsigned(one, other);
	}

}
