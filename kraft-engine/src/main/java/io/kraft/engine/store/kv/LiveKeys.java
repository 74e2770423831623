package io.kraft.engine.store.kv;

import io.kraft.engine.store.kv.OrderedKeys.KeySnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Keys at a point in time, whose cursors leave out where earlier ones have found nothing.
 */
final class LiveKeys implements KeySnapshot {

	private final KeySnapshot snapshot;

	private final EmptyRanges.View empty;

	private LiveKeys(KeySnapshot snapshot, EmptyRanges.View empty) {
		this.snapshot = snapshot;
		this.empty = empty;
	}

	static LiveKeys of(OrderedKeys keys, EmptyRanges ranges) {
		EmptyRanges.View view = ranges.view();
		try {
			LiveKeys live = new LiveKeys(keys.snapshot(), view);
			view.freeze();
			return live;
		}
		catch (RuntimeException | Error ex) {
			view.close();
			throw ex;
		}
	}

	@Override
	public byte @Nullable [] get(Keyspace space, byte[] key) {
		return this.snapshot.get(space, key);
	}

	@Override
	public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
		KeyCursor cursor = this.snapshot.scan(space, from, to);
		return EmptyRanges.follows(space) ? new SkippingCursor(cursor, this.empty, space, from, to) : cursor;
	}

	@Override
	public void close() {
		this.empty.close();
		this.snapshot.close();
	}

}
