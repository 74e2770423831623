package io.kraft.engine.store.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.ChannelMark;
import io.kraft.engine.store.Channels;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRowCodec;

/**
 * Reads what waits for other partitions. A scan begins behind what was removed, where
 * media keep marks of deleted keys. Thread-safe.
 */
final class ChannelReader implements Channels {

	private final KeyReader keys;

	private final ChannelMarks marks;

	ChannelReader(KeyReader keys, ChannelMarks marks) {
		this.keys = keys;
		this.marks = marks;
	}

	@Override
	public List<OutboxEntry> rows(int target, long after, int rows, int bytes) {
		ChannelMark mark = sent(target);
		long first = Math.max(after, mark.removed()) + 1;
		List<OutboxEntry> entries = new ArrayList<>();
		if (first > mark.last()) {
			return entries;
		}
		try (KeyCursor found = this.keys.scan(Keyspace.META, ChannelKeys.row(target, first),
				ChannelKeys.row(target, mark.last() + 1))) {
			long left = bytes;
			for (boolean more = found.first(); more && entries.size() < rows; more = found.next()) {
				byte[] row = found.value();
				left -= row.length;
				if (left < 0 && !entries.isEmpty()) {
					break;
				}
				entries.add(new OutboxEntry(Keys.lastNumber(found.key()), OutboxRowCodec.decode(row)));
			}
		}
		catch (UnreadableEntryException ex) {
			throw ChannelKeys.unreadable(ex);
		}
		return entries;
	}

	@Override
	public Map<Integer, ChannelMark> sent() {
		return this.marks.sent();
	}

	@Override
	public ChannelMark sent(int target) {
		return this.marks.sent(target);
	}

	@Override
	public long taken(int source) {
		return this.marks.taken(source);
	}

}
