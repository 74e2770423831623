package io.kraft.engine.store.memory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.KeyReader;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.OrderedKeys;
import org.jspecify.annotations.Nullable;

/**
 * Keys of a medium whose calls fail when they are told to, and which know what is open.
 */
final class FailingKeys implements OrderedKeys {

	private final OrderedKeys keys;

	private int calls;

	private int failingCall = -1;

	private int open;

	FailingKeys(OrderedKeys keys) {
		this.keys = keys;
	}

	/**
	 * The call of this number, from 0, is going to fail, once.
	 */
	void failAt(int call) {
		this.calls = 0;
		this.failingCall = call;
	}

	boolean hasFailed() {
		return this.calls > this.failingCall;
	}

	/** Cursors, snapshots and batches that are not closed. */
	int open() {
		return this.open;
	}

	@Override
	public byte @Nullable [] get(Keyspace space, byte[] key) {
		return call(() -> this.keys.get(space, key));
	}

	@Override
	public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
		return cursor(this.keys, space, from, to);
	}

	@Override
	public KeySnapshot snapshot() {
		KeySnapshot snapshot = opened(this.keys::snapshot);
		return new KeySnapshot() {

			@Override
			public byte @Nullable [] get(Keyspace space, byte[] key) {
				return call(() -> snapshot.get(space, key));
			}

			@Override
			public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
				return cursor(snapshot, space, from, to);
			}

			@Override
			public void close() {
				closed(snapshot::close);
			}

		};
	}

	@Override
	public KeyBatch batch() {
		KeyBatch batch = opened(this.keys::batch);
		return new KeyBatch() {

			@Override
			public void put(Keyspace space, byte[] key, byte[] value) {
				batch.put(space, key, value);
			}

			@Override
			public void delete(Keyspace space, byte[] key) {
				batch.delete(space, key);
			}

			@Override
			public void deleteRange(Keyspace space, byte[] from, byte[] to) {
				batch.deleteRange(space, from, to);
			}

			@Override
			public void write(boolean sync) {
				batch.write(sync);
			}

			@Override
			public void close() {
				closed(batch::close);
			}

		};
	}

	@Override
	public long backup(Path target, Duration timeout) {
		return this.keys.backup(target, timeout);
	}

	@Override
	public void close() {
		this.keys.close();
	}

	private KeyCursor cursor(KeyReader reader, Keyspace space, byte[] from, byte @Nullable [] to) {
		KeyCursor cursor = opened(() -> reader.scan(space, from, to));
		return new KeyCursor() {

			@Override
			public boolean first() {
				return call(cursor::first);
			}

			@Override
			public boolean last() {
				return call(cursor::last);
			}

			@Override
			public boolean atOrBefore(byte[] key) {
				return call(() -> cursor.atOrBefore(key));
			}

			@Override
			public boolean atOrAfter(byte[] key) {
				return call(() -> cursor.atOrAfter(key));
			}

			@Override
			public boolean next() {
				return call(cursor::next);
			}

			@Override
			public boolean previous() {
				return call(cursor::previous);
			}

			@Override
			public byte[] key() {
				return call(cursor::key);
			}

			@Override
			public byte[] value() {
				return call(cursor::value);
			}

			@Override
			public void close() {
				closed(cursor::close);
			}

		};
	}

	private <T extends @Nullable Object> T call(Supplier<T> call) {
		fail();
		return call.get();
	}

	private <T> T opened(Supplier<T> call) {
		fail();
		T opened = call.get();
		this.open++;
		return opened;
	}

	/** Releases, and then may fail all the same. */
	private void closed(Runnable close) {
		this.open--;
		close.run();
		fail();
	}

	private void fail() {
		if (this.calls++ == this.failingCall) {
			throw new MediumFailure();
		}
	}

	static final class MediumFailure extends RuntimeException {

		private static final long serialVersionUID = 1L;

		MediumFailure() {
			super("the medium failed as told");
		}

	}

}
