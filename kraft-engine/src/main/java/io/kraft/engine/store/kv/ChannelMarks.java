package io.kraft.engine.store.kv;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.engine.store.ChannelMark;
import io.kraft.engine.store.ChannelOrderException;

/**
 * How far the channels between this partition and others have come. A commit writes the
 * marks that it moves; they are in memory, too, so that nothing is counted or looked for
 * where a channel is empty.
 * <p>
 * One thread writes; any thread reads what is durable.
 */
final class ChannelMarks {

	/** More rows are removed as a range. */
	private static final int RANGE_ROWS = 1024;

	private final Map<Integer, ChannelMark> sent = new ConcurrentHashMap<>();

	private final Map<Integer, Long> taken = new ConcurrentHashMap<>();

	/** What the commit under way moves. */
	private final Map<Integer, ChannelMark> nextSent = new HashMap<>();

	private final Map<Integer, Long> nextTaken = new HashMap<>();

	static ChannelMarks read(KeyReader keys) {
		ChannelMarks marks = new ChannelMarks();
		try (KeyCursor found = keys.scan(Keyspace.META, ChannelKeys.first(ChannelKeys.SENT),
				ChannelKeys.first(ChannelKeys.TAKEN + 1))) {
			for (boolean more = found.first(); more; more = found.next()) {
				int partition = ChannelKeys.partition(found.key());
				if (found.key()[0] == ChannelKeys.SENT) {
					marks.sent.put(partition, ChannelKeys.decodeSent(found.value()));
				}
				else {
					marks.taken.put(partition, ChannelKeys.decodeTaken(found.value()));
				}
			}
		}
		return marks;
	}

	/**
	 * How far each channel to another partition has come.
	 */
	Map<Integer, ChannelMark> sent() {
		return Map.copyOf(this.sent);
	}

	ChannelMark sent(int target) {
		return this.sent.getOrDefault(target, ChannelMark.NEW);
	}

	long taken(int source) {
		return this.taken.getOrDefault(source, 0L);
	}

	/**
	 * The sequence of the next row.
	 */
	long give(int target) {
		return this.nextSent.compute(target, (key, mark) -> ((mark != null) ? mark : sent(target)).given()).last();
	}

	/**
	 * Adds the removal of rows to a batch.
	 * @throws ChannelOrderException if they were never sent
	 */
	void remove(int target, long upTo, KeyBatch batch) {
		ChannelMark mark = this.nextSent.getOrDefault(target, sent(target));
		if (upTo > mark.last()) {
			throw ChannelOrderException.removed(target, mark.last(), upTo);
		}
		if (upTo <= mark.removed()) {
			return;
		}
		if (upTo - mark.removed() > RANGE_ROWS) {
			batch.deleteRange(Keyspace.META, ChannelKeys.row(target, mark.removed() + 1),
					ChannelKeys.row(target, upTo + 1));
		}
		else {
			for (long sequence = mark.removed() + 1; sequence <= upTo; sequence++) {
				batch.delete(Keyspace.META, ChannelKeys.row(target, sequence));
			}
		}
		this.nextSent.put(target, mark.removed(upTo));
	}

	/**
	 * Moves the mark of what was taken.
	 * @throws ChannelOrderException if the row does not follow the last one
	 */
	void take(int source, long sequence) {
		long expected = this.nextTaken.getOrDefault(source, taken(source)) + 1;
		if (sequence != expected) {
			throw ChannelOrderException.taken(source, expected, sequence);
		}
		this.nextTaken.put(source, sequence);
	}

	/**
	 * Adds what has moved to a batch.
	 */
	void write(KeyBatch batch) {
		this.nextSent
			.forEach((target, mark) -> batch.put(Keyspace.META, ChannelKeys.sent(target), ChannelKeys.encode(mark)));
		this.nextTaken.forEach((source, sequence) -> batch.put(Keyspace.META, ChannelKeys.taken(source),
				ChannelKeys.encode(sequence)));
	}

	/**
	 * Ends the commit.
	 * @param written whether the batch is durable
	 */
	void endCommit(boolean written) {
		if (written) {
			this.sent.putAll(this.nextSent);
			this.taken.putAll(this.nextTaken);
		}
		this.nextSent.clear();
		this.nextTaken.clear();
	}

}
