package io.kraft.engine.store.kv;

import java.nio.ByteBuffer;

import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.ChannelMark;
import io.kraft.engine.store.StorageException;

/**
 * The keys in {@link Keyspace#META} of the channels between partitions: the rows that
 * wait, by target and sequence; how far each channel has come at its sender, by target;
 * the last sequence that was taken, by source. The values of the latter two are a byte
 * for the format's version, and numbers.
 */
final class ChannelKeys {

	/** Begin the keys, as {@link QueueKeys}' do. */
	static final int ROW = 5;

	static final int SENT = 6;

	static final int TAKEN = 7;

	static final int ROW_LENGTH = 1 + Integer.BYTES + Long.BYTES;

	static final int MARK_LENGTH = 1 + Integer.BYTES;

	private static final int VERSION = 1;

	private ChannelKeys() {
	}

	static byte[] row(int target, long sequence) {
		return ByteBuffer.allocate(ROW_LENGTH).put((byte) ROW).putInt(target).putLong(sequence).array();
	}

	static byte[] sent(int target) {
		return mark(SENT, target);
	}

	static byte[] taken(int source) {
		return mark(TAKEN, source);
	}

	/** The first key of a kind. */
	static byte[] first(int kind) {
		return new byte[] { (byte) kind };
	}

	private static byte[] mark(int kind, int partition) {
		return ByteBuffer.allocate(MARK_LENGTH).put((byte) kind).putInt(partition).array();
	}

	/**
	 * The other partition in a key of any of these kinds.
	 * @throws StorageException if it has none
	 */
	static int partition(byte[] key) {
		if (key.length < MARK_LENGTH) {
			throw Keys.damaged(key, "the number of a partition behind the first byte");
		}
		return (int) Keys.notNegative(ByteBuffer.wrap(key).getInt(1), key);
	}

	static byte[] encode(ChannelMark mark) {
		return new ByteWriter(16).writeByte(VERSION).writeUnsigned(mark.last()).writeUnsigned(mark.removed()).toBytes();
	}

	/**
	 * How far a channel has come at its sender.
	 * @throws StorageException if the bytes are damaged, or of an unknown format
	 */
	static ChannelMark decodeSent(byte[] bytes) {
		try {
			ByteReader in = begin(bytes);
			long last = in.readUnsigned();
			long removed = in.readUnsigned();
			in.end();
			if (removed < 0 || last < removed) {
				throw in.corrupt("row " + removed + " of " + last + " was removed");
			}
			return new ChannelMark(last, removed);
		}
		catch (UnreadableEntryException ex) {
			throw unreadable(ex);
		}
	}

	static byte[] encode(long taken) {
		return new ByteWriter(16).writeByte(VERSION).writeUnsigned(taken).toBytes();
	}

	/**
	 * The last sequence that was taken.
	 * @throws StorageException if the bytes are damaged, or of an unknown format
	 */
	static long decodeTaken(byte[] bytes) {
		try {
			ByteReader in = begin(bytes);
			long taken = in.readUnsigned();
			in.end();
			if (taken < 1) {
				throw in.corrupt("row " + taken + " was taken");
			}
			return taken;
		}
		catch (UnreadableEntryException ex) {
			throw unreadable(ex);
		}
	}

	private static ByteReader begin(byte[] bytes) {
		ByteReader in = new ByteReader(bytes);
		int version = in.readByte();
		if (version != VERSION) {
			throw UnreadableEntryException.unknownFormat("channel format " + version,
					"channel format " + VERSION + " only");
		}
		return in;
	}

	static StorageException unreadable(UnreadableEntryException ex) {
		return new StorageException(
				ex.code().equals(UnreadableEntryException.UNKNOWN_FORMAT) ? StorageException.UNKNOWN_FORMAT
						: StorageException.DAMAGED,
				"a channel between partitions cannot be read. " + ex.getMessage(), ex);
	}

}
