package io.kraft.engine.store.kv;

import java.time.Instant;

import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.ScheduleRow;
import io.kraft.engine.store.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of schedules are written down: a byte for the format's version, then the
 * fields. The name is in the key.
 */
final class ScheduleRowCodec {

	private static final int VERSION = 1;

	/** Begins the keys; the store's marks are plain text, which never begins so. */
	static final int KEY = 1;

	private ScheduleRowCodec() {
	}

	/** The key in {@link Keyspace#META}. */
	static byte[] key(String name) {
		return Keys.strings(KEY, name);
	}

	static byte[] encode(ScheduleRow row) {
		ByteWriter out = new ByteWriter(64).writeByte(VERSION)
			.writeString(row.plan())
			.writeBoolean(row.paused())
			.writeMillis(row.recordedUntil());
		write(out, row.lastFireTime());
		write(out, row.lastRun());
		return out.toBytes();
	}

	/**
	 * The row of a name.
	 * @throws StorageException if the bytes are damaged, or of an unknown format
	 */
	static ScheduleRow decode(String name, byte[] bytes) {
		try {
			ByteReader in = new ByteReader(bytes);
			int version = in.readByte();
			if (version != VERSION) {
				throw UnreadableEntryException.unknownFormat("schedule format " + version,
						"schedule format " + VERSION + " only");
			}
			ScheduleRow row = new ScheduleRow(name, in.readString(), in.readBoolean(), in.readMillis(), instant(in),
					instant(in));
			in.end();
			return row;
		}
		catch (UnreadableEntryException ex) {
			throw new StorageException(
					ex.code().equals(UnreadableEntryException.UNKNOWN_FORMAT) ? StorageException.UNKNOWN_FORMAT
							: StorageException.DAMAGED,
					"the row of schedule '" + name + "' cannot be read. " + ex.getMessage(), ex);
		}
	}

	private static void write(ByteWriter out, @Nullable Instant value) {
		out.writeBoolean(value != null);
		if (value != null) {
			out.writeMillis(value);
		}
	}

	private static @Nullable Instant instant(ByteReader in) {
		return in.readBoolean() ? in.readMillis() : null;
	}

}
