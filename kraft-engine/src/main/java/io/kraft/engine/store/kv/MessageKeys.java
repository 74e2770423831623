package io.kraft.engine.store.kv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The keys in {@link Keyspace#MESSAGES}: the first byte is the kind, the run's number
 * follows.
 */
final class MessageKeys {

	/** Messages that wait, by sequence. */
	static final int INBOX = 1;

	/** Ids of messages that were added. */
	static final int KNOWN = 2;

	/** Published values, by key. */
	static final int PUBLISHED = 3;

	/** Progress that steps have reported, by step. */
	static final int PROGRESS = 4;

	/** Messages that were not taken before the end of a run that may be retried. */
	static final int SET_ASIDE = 5;

	/** What large messages carry, waiting or set aside, by sequence. */
	static final int PAYLOAD = 6;

	private MessageKeys() {
	}

	/** The first key of a run's inbox. */
	static byte[] inbox(long run) {
		return run(INBOX, run);
	}

	static byte[] message(long run, long sequence) {
		return sequence(INBOX, run, sequence);
	}

	static byte[] payload(long run, long sequence) {
		return sequence(PAYLOAD, run, sequence);
	}

	static byte[] setAside(long run, long sequence) {
		return sequence(SET_ASIDE, run, sequence);
	}

	/** Bounds of the messages of a run that are set aside. */
	static byte[][] setAside(long run) {
		return new byte[][] { run(SET_ASIDE, run), run(SET_ASIDE, run + 1) };
	}

	static byte[] known(long run, String id) {
		return text(KNOWN, run, id);
	}

	static byte[] published(long run, String key) {
		return text(PUBLISHED, run, key);
	}

	/** Bounds of the values that a run has published. */
	static byte[][] published(long run) {
		return new byte[][] { run(PUBLISHED, run), run(PUBLISHED, run + 1) };
	}

	/** The application's key in the key of a value that was published. */
	static String publishedKey(byte[] key) {
		return new String(key, 1 + Long.BYTES, key.length - 1 - Long.BYTES, StandardCharsets.UTF_8);
	}

	static byte[] progress(long run, String step) {
		return text(PROGRESS, run, step);
	}

	/** Bounds of the progress of the steps of a run. */
	static byte[][] progress(long run) {
		return new byte[][] { run(PROGRESS, run), run(PROGRESS, run + 1) };
	}

	/** Bounds of what is kept for a run, in each of the kinds. */
	static byte[][][] all(long run) {
		return new byte[][][] { { run(INBOX, run), run(INBOX, run + 1) }, { run(KNOWN, run), run(KNOWN, run + 1) },
				{ run(PUBLISHED, run), run(PUBLISHED, run + 1) }, progress(run), setAside(run),
				{ run(PAYLOAD, run), run(PAYLOAD, run + 1) } };
	}

	static byte[] endOfInboxes() {
		return new byte[] { INBOX + 1 };
	}

	/**
	 * The run's number in a key of any kind.
	 * @throws io.kraft.engine.store.StorageException if it has none
	 */
	static long run(byte[] key) {
		if (key.length < 1 + Long.BYTES) {
			throw Keys.damaged(key, "the number of a run behind the first byte");
		}
		return Keys.notNegative(ByteBuffer.wrap(key).getLong(1), key);
	}

	private static byte[] sequence(int kind, long run, long sequence) {
		return ByteBuffer.allocate(1 + 2 * Long.BYTES).put((byte) kind).putLong(run).putLong(sequence).array();
	}

	private static byte[] run(int kind, long run) {
		return ByteBuffer.allocate(1 + Long.BYTES).put((byte) kind).putLong(run).array();
	}

	private static byte[] text(int kind, long run, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(1 + Long.BYTES + bytes.length).put((byte) kind).putLong(run).put(bytes).array();
	}

}
