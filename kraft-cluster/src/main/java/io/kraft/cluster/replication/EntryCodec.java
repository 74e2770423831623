package io.kraft.cluster.replication;

import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.kv.Keyspace;

/**
 * The bytes of entries: {@code version · kind · term · opening}, and of a batch
 * {@code number of writes · writes}, each {@code kind · keyspace · key}, for a put with
 * the value and for a range with its end. Versions, kinds and keyspaces are bytes,
 * numbers are varints, keys and values follow their length.
 * <p>
 * Whatever the bytes are, {@link #decode} gives an entry or throws a
 * {@link StorageException}, and allocates no more than they justify.
 */
public final class EntryCodec {

	static final int VERSION = 1;

	private static final int BATCH = 1;

	private static final int FENCE = 2;

	private static final int PUT = 1;

	private static final int DELETE = 2;

	private static final int DELETE_RANGE = 3;

	private EntryCodec() {
	}

	/**
	 * The bytes of an entry.
	 */
	public static byte[] encode(LogEntry entry) {
		return switch (entry) {
			case LogEntry.Opening opening -> header(FENCE, opening.fence(), 24).toBytes();
			case LogEntry.Batch batch -> {
				ByteWriter out = header(BATCH, batch.fence(), 64 + sizeBytes(batch.writes()));
				out.writeUnsigned(batch.writes().size());
				batch.writes().forEach((write) -> encode(write, out));
				yield out.toBytes();
			}
		};
	}

	private static ByteWriter header(int kind, Fence fence, int expectedBytes) {
		return new ByteWriter(expectedBytes).writeByte(VERSION)
			.writeByte(kind)
			.writeUnsigned(fence.term())
			.writeUnsigned(fence.opening());
	}

	private static int sizeBytes(List<KeyWrite> writes) {
		long bytes = 0;
		for (KeyWrite write : writes) {
			bytes += sizeBytes(write);
		}
		return (int) Math.min(bytes, Integer.MAX_VALUE / 2);
	}

	/**
	 * About how many bytes a write takes in an entry.
	 */
	static int sizeBytes(KeyWrite write) {
		return switch (write) {
			case KeyWrite.Put put -> 8 + put.key().length + put.value().length;
			case KeyWrite.Delete delete -> 8 + delete.key().length;
			case KeyWrite.DeleteRange range -> 8 + range.from().length + range.to().length;
		};
	}

	private static void encode(KeyWrite write, ByteWriter out) {
		switch (write) {
			case KeyWrite.Put put -> out.writeByte(PUT)
				.writeByte(KeyspaceCode.of(put.space()))
				.writeBytes(put.key())
				.writeBytes(put.value());
			case KeyWrite.Delete delete ->
				out.writeByte(DELETE).writeByte(KeyspaceCode.of(delete.space())).writeBytes(delete.key());
			case KeyWrite.DeleteRange range -> out.writeByte(DELETE_RANGE)
				.writeByte(KeyspaceCode.of(range.space()))
				.writeBytes(range.from())
				.writeBytes(range.to());
		}
	}

	/**
	 * The entry that bytes hold.
	 * @throws StorageException with {@link StorageException#UNKNOWN_FORMAT} if a newer
	 * version may have written them, and with {@link StorageException#DAMAGED} if none
	 * can have
	 */
	public static LogEntry decode(byte[] bytes) {
		try {
			ByteReader in = new ByteReader(bytes);
			known("version", in.readByte(), VERSION, VERSION);
			int kind = in.readByte();
			known("kind", kind, BATCH, FENCE);
			Fence fence = fence(in);
			LogEntry entry = (kind == FENCE) ? new LogEntry.Opening(fence) : new LogEntry.Batch(fence, writes(in));
			in.end();
			return entry;
		}
		catch (UnreadableEntryException ex) {
			throw new StorageException(
					ex.code().equals(UnreadableEntryException.UNKNOWN_FORMAT) ? StorageException.UNKNOWN_FORMAT
							: StorageException.DAMAGED,
					"an entry of a partition's replicated log cannot be applied. " + ex.getMessage(), ex);
		}
	}

	private static Fence fence(ByteReader in) {
		long term = in.readUnsigned();
		long opening = in.readUnsigned();
		if (term < 0 || opening < 1) {
			throw in.corrupt("an entry is of term " + term + " and opening " + opening);
		}
		return new Fence(term, opening);
	}

	private static List<KeyWrite> writes(ByteReader in) {
		// Each takes three bytes or more.
		int count = in.readInt(0, in.remaining() / 3 + 1);
		List<KeyWrite> writes = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			writes.add(write(in));
		}
		return writes;
	}

	private static KeyWrite write(ByteReader in) {
		int kind = in.readByte();
		known("write of kind", kind, PUT, DELETE_RANGE);
		int code = in.readByte();
		Keyspace space = KeyspaceCode.space(code);
		if (space == null) {
			throw UnreadableEntryException.unknownFormat("keyspace " + code, "the keyspaces 1 to 6");
		}
		byte[] key = in.readBytes();
		return switch (kind) {
			case PUT -> new KeyWrite.Put(space, key, in.readBytes());
			case DELETE -> new KeyWrite.Delete(space, key);
			default -> new KeyWrite.DeleteRange(space, key, in.readBytes());
		};
	}

	private static void known(String what, int found, int least, int most) {
		if (found < least || found > most) {
			throw UnreadableEntryException.unknownFormat(what + " " + found, least + " to " + most + " only");
		}
	}

}
