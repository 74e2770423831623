package io.kraft.engine.store.kv;

import java.util.HashMap;
import java.util.Map;

import io.kraft.engine.store.ChannelMark;
import io.kraft.engine.store.OutboxRowCodec;
import io.kraft.engine.store.check.Finding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Checks the channels between this partition and others: the rows to a partition are
 * those between its marks, all of them, and no other. Its memory grows with the number of
 * partitions.
 */
final class ChannelCheck {

	private final Findings findings;

	private final Map<Integer, Rows> rows = new HashMap<>();

	ChannelCheck(Findings findings) {
		this.findings = findings;
	}

	/**
	 * Checks a row; all of them are to be passed in the order of their keys, before the
	 * marks.
	 * @return whether it is the key of a row
	 */
	boolean isRow(byte[] key, byte[] value) {
		if (key.length != ChannelKeys.ROW_LENGTH) {
			return false;
		}
		long sequence = Keys.lastNumber(key);
		this.rows.merge(ChannelKeys.partition(key), new Rows(sequence, sequence, 1),
				(before, next) -> new Rows(before.first(), sequence, before.count() + 1));
		OutboxRowCodec.decode(value);
		return true;
	}

	/**
	 * Compares the rows of a channel with its marks.
	 * @return whether it is the key of a mark
	 */
	boolean isSent(byte[] key, byte[] value) {
		if (key.length != ChannelKeys.MARK_LENGTH) {
			return false;
		}
		int target = ChannelKeys.partition(key);
		Rows rows = this.rows.remove(target);
		ChannelMark mark = ChannelKeys.decodeSent(value);
		boolean isWhole = (rows == null) ? mark.waiting() == 0
				: rows.first() == mark.removed() + 1 && rows.last() == mark.last() && rows.count() == mark.waiting();
		if (!isWhole) {
			add(target, (mark.waiting() == 0) ? "none, as of " + mark.last() + " all were removed"
					: "rows " + (mark.removed() + 1) + " to " + mark.last(), rows);
		}
		return true;
	}

	/**
	 * Checks the mark of what was taken.
	 * @return whether it is the key of one
	 */
	static boolean isTaken(byte[] key, byte[] value) {
		ChannelKeys.partition(key);
		ChannelKeys.decodeTaken(value);
		return key.length == ChannelKeys.MARK_LENGTH;
	}

	/**
	 * To be called when all keys were passed.
	 */
	void end() {
		this.rows.forEach((target, rows) -> add(target, "none, as no sequence was given", rows));
	}

	private void add(int target, String expected, @Nullable Rows rows) {
		this.findings.add(Kind.CHANNEL, 0, "the channel to partition " + target, expected,
				(rows == null) ? "none" : rows.count() + " rows from " + rows.first() + " to " + rows.last());
	}

	/**
	 * The rows to a partition.
	 */
	private record Rows(long first, long last, long count) {
	}

}
