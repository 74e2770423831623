package io.kraft.cluster.replication;

import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.KeyReader;
import io.kraft.engine.store.kv.Keyspace;

/**
 * What a replica holds beside the store: how far it is in the log, and the fence of the
 * present ownership. The keys are in {@link Keyspace#META} and begin with {@link #FIRST},
 * as none of the store's does. They are written in the batch of each entry, so that they
 * say after a crash what the rest of the replica holds.
 */
public final class ReplicaMarks {

	/** Begins the keys; greater than all others in their keyspace. */
	static final byte FIRST = 0x7F;

	private static final byte[] APPLIED = { FIRST, 1 };

	private static final byte[] FENCE = { FIRST, 2 };

	private static final int VERSION = 1;

	private ReplicaMarks() {
	}

	/**
	 * The last entry that is in a replica.
	 * @throws StorageException if the mark is damaged, or of an unknown format
	 */
	public static LogPosition applied(KeyReader keys) {
		byte[] value = keys.get(Keyspace.META, APPLIED);
		if (value == null) {
			return LogPosition.START;
		}
		long[] numbers = decode(value);
		return new LogPosition(numbers[0], numbers[1]);
	}

	static void putApplied(KeyBatch batch, LogPosition applied) {
		batch.put(Keyspace.META, APPLIED, encode(applied.term(), applied.index()));
	}

	/**
	 * The fence of the last ownership that has begun.
	 * @throws StorageException if the mark is damaged, or of an unknown format
	 */
	public static Fence fence(KeyReader keys) {
		byte[] value = keys.get(Keyspace.META, FENCE);
		if (value == null) {
			return Fence.NONE;
		}
		long[] numbers = decode(value);
		return new Fence(numbers[0], numbers[1]);
	}

	static void putFence(KeyBatch batch, Fence fence) {
		batch.put(Keyspace.META, FENCE, encode(fence.term(), fence.opening()));
	}

	private static byte[] encode(long first, long second) {
		return new ByteWriter(24).writeByte(VERSION).writeUnsigned(first).writeUnsigned(second).toBytes();
	}

	private static long[] decode(byte[] bytes) {
		try {
			ByteReader in = new ByteReader(bytes);
			int version = in.readByte();
			if (version != VERSION) {
				throw UnreadableEntryException.unknownFormat("replica mark " + version,
						"replica mark " + VERSION + " only");
			}
			long[] numbers = { in.readUnsigned(), in.readUnsigned() };
			in.end();
			if (numbers[0] < 0 || numbers[1] < 0) {
				throw in.corrupt("a mark of a replica holds a negative number");
			}
			return numbers;
		}
		catch (UnreadableEntryException ex) {
			throw new StorageException(ex.code().equals(UnreadableEntryException.UNKNOWN_FORMAT)
					? StorageException.UNKNOWN_FORMAT : StorageException.DAMAGED,
					"a mark of a replica cannot be read. " + ex.getMessage(), ex);
		}
	}

}
