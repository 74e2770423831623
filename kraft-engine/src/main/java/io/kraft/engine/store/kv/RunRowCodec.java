package io.kraft.engine.store.kv;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.state.RunState;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * How rows are written down: a byte for the format's version, the revision, a byte whose
 * bits mark which of the optional fields follow, the identity, the status and what
 * belongs to that state. The run's number is in the key, and on the way to another node
 * before it. Rows of the first two versions are read by {@link FirstRunRows}, and have
 * revision 0.
 */
public final class RunRowCodec {

	private static final int VERSION = 3;

	private static final int STEP = 1;

	private static final int PARENT = 2;

	private static final int STARTED = 4;

	/** The step of a suspended run. */
	private static final int CURRENT_STEP = 8;

	/** The failure of an ended run. */
	private static final int FAILURE = 16;

	/** The expiry of an ended run. */
	private static final int EXPIRES = 32;

	/** A user has paused the run. */
	private static final int BY_USER = 64;

	private RunRowCodec() {
	}

	/**
	 * The row without its number.
	 */
	public static byte[] encode(RunRow row) {
		ByteWriter out = new ByteWriter(96);
		out.writeByte(VERSION).writeUnsigned(row.revision()).writeByte(optionals(row));
		out.writeString(row.id()).writeString(row.name()).writeSigned(row.version());
		write(out, row.step());
		out.writeSigned(row.priority()).writeMillis(row.createdAt());
		out.writeUnsigned(row.tags().size());
		row.tags().forEach((key, value) -> out.writeString(key).writeString(value));
		write(out, row.parentId());
		write(out, row.startedAt());
		out.writeByte(StatusCode.of(row.status()));
		switch (row.state()) {
			case RunState.Scheduled scheduled -> out.writeMillis(scheduled.startsAt());
			case RunState.Pending pending -> {
			}
			case RunState.Running running -> {
			}
			case RunState.Suspended suspended -> {
				write(out, suspended.currentStep());
				out.writeUnsigned(suspended.attempt()).writeString(suspended.waitingFor());
			}
			case RunState.Paused paused -> out.writeString(paused.reason());
			case RunState.Ended ended -> {
				write(out, ended.failure());
				out.writeMillis(ended.finishedAt());
				write(out, ended.expiresAt());
			}
		}
		return out.toBytes();
	}

	private static int optionals(RunRow row) {
		return ((row.step() != null) ? STEP : 0) | ((row.parentId() != null) ? PARENT : 0)
				| ((row.startedAt() != null) ? STARTED : 0) | ((row.currentStep() != null) ? CURRENT_STEP : 0)
				| ((row.failure() != null) ? FAILURE : 0) | ((row.expiresAt() != null) ? EXPIRES : 0)
				| ((row.state() instanceof RunState.Paused paused && paused.byUser()) ? BY_USER : 0);
	}

	/**
	 * The row of a number.
	 * @throws StorageException if the bytes are corrupt, or of an unknown format
	 */
	public static RunRow decode(long number, byte[] bytes) {
		try {
			return decode(number, new ByteReader(bytes));
		}
		catch (UnreadableEntryException ex) {
			throw unreadable(number, ex);
		}
	}

	/**
	 * The revision of a row, without reading the other fields.
	 * @throws StorageException if the bytes are corrupt
	 */
	static long revision(long number, byte[] bytes) {
		try {
			ByteReader in = new ByteReader(bytes);
			return (in.readByte() == VERSION) ? in.readUnsigned() : 0;
		}
		catch (UnreadableEntryException ex) {
			throw unreadable(number, ex);
		}
	}

	private static StorageException unreadable(long number, UnreadableEntryException ex) {
		return new StorageException(
				ex.code().equals(UnreadableEntryException.UNKNOWN_FORMAT) ? StorageException.UNKNOWN_FORMAT
						: StorageException.DAMAGED,
				"the row of run number " + number + " cannot be read. " + ex.getMessage(), ex);
	}

	private static RunRow decode(long number, ByteReader in) {
		int version = in.readByte();
		if (version != VERSION) {
			return FirstRunRows.read(number, version, in);
		}
		long revision = in.readUnsigned();
		int optionals = in.readByte();
		String id = in.readString();
		String name = in.readString();
		int workflowVersion = (int) in.readSigned();
		String step = string(in, optionals & STEP);
		int priority = (int) in.readSigned();
		Instant createdAt = in.readMillis();
		Map<String, String> tags = tags(in);
		String parentId = string(in, optionals & PARENT);
		Instant startedAt = instant(in, optionals & STARTED);
		RunState state = state(in, optionals);
		in.end();
		return new RunRow(number, id, name, workflowVersion, step, tags, priority, parentId, createdAt, startedAt,
				revision, state);
	}

	private static RunState state(ByteReader in, int optionals) {
		WorkflowStatus status = status(in.readByte());
		return switch (status) {
			case SCHEDULED -> new RunState.Scheduled(in.readMillis());
			case PENDING -> new RunState.Pending();
			case RUNNING -> new RunState.Running();
			case SUSPENDED -> new RunState.Suspended(string(in, optionals & CURRENT_STEP),
					in.readInt(0, Integer.MAX_VALUE), in.readString());
			case PAUSED -> new RunState.Paused(in.readString(), (optionals & BY_USER) != 0);
			case COMPLETED, FAILED, CANCELLED, TIMED_OUT, TERMINATED, DEAD -> new RunState.Ended(status,
					string(in, optionals & FAILURE), in.readMillis(), instant(in, optionals & EXPIRES));
		};
	}

	private static void write(ByteWriter out, @Nullable String value) {
		if (value != null) {
			out.writeString(value);
		}
	}

	private static void write(ByteWriter out, @Nullable Instant value) {
		if (value != null) {
			out.writeMillis(value);
		}
	}

	static @Nullable String string(ByteReader in, int present) {
		return (present != 0) ? in.readString() : null;
	}

	static @Nullable Instant instant(ByteReader in, int present) {
		return (present != 0) ? in.readMillis() : null;
	}

	static WorkflowStatus status(int code) {
		WorkflowStatus status = StatusCode.status(code);
		if (status == null) {
			throw UnreadableEntryException.unknownFormat("status " + code, "others only");
		}
		return status;
	}

	static Map<String, String> tags(ByteReader in) {
		int count = in.readInt(0, in.remaining());
		if (count == 0) {
			return Map.of();
		}
		Map<String, String> tags = new HashMap<>();
		for (int i = 0; i < count; i++) {
			tags.put(in.readString(), in.readString());
		}
		return tags;
	}

}
