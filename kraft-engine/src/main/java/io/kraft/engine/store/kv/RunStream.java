package io.kraft.engine.store.kv;

import java.nio.ByteBuffer;

import io.kraft.engine.store.check.Finding.Kind;

/**
 * Walks keys that belong to runs, in the order of the runs' numbers, to be merged with
 * the rows. Keys that name no run are findings, and skipped. Not thread-safe.
 */
final class RunStream implements AutoCloseable {

	private static final long END = Long.MAX_VALUE;

	private final Keyspace space;

	private final KeyCursor keys;

	private final int offset;

	private final int length;

	private final Findings findings;

	private long run;

	/**
	 * A stream at its first key.
	 * @param offset where the run's number stands in a key
	 * @param length of a key; 0 if it may be any
	 */
	RunStream(KeyReader store, Keyspace space, byte[] from, byte[] to, int offset, int length, Findings findings) {
		this.space = space;
		this.offset = offset;
		this.length = length;
		this.findings = findings;
		this.keys = store.scan(space, from, to.length == 0 ? null : to);
		try {
			read(this.keys.first());
		}
		catch (RuntimeException ex) {
			this.keys.close();
			throw ex;
		}
	}

	/** The run of the key; {@link Long#MAX_VALUE} behind the last. */
	long run() {
		return this.run;
	}

	void next() {
		read(this.keys.next());
	}

	byte[] key() {
		return this.keys.key();
	}

	byte[] value() {
		return this.keys.value();
	}

	@Override
	public void close() {
		this.keys.close();
	}

	private void read(boolean found) {
		boolean more = found;
		while (more) {
			byte[] key = this.keys.key();
			this.findings.keys++;
			boolean fits = (this.length == 0) ? key.length >= this.offset + Long.BYTES : key.length == this.length;
			this.run = fits ? ByteBuffer.wrap(key).getLong(this.offset) : 0;
			if (this.run > 0 && this.run < END) {
				return;
			}
			this.findings.add(Kind.UNKNOWN_KEY, 0, this.space + " " + Findings.hex(key), "the key of a run", "another");
			more = this.keys.next();
		}
		this.run = END;
	}

}
