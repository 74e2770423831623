package io.kraft.engine.store.kv;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * How rows are written down: a byte for the format's version, a byte whose bits tell
 * which of the optional fields follow, then the fields. The run's number is in the key.
 * The second version has the step of a work item besides; other rows are written in the
 * first.
 */
final class RunRowCodec {

	private static final int OF_WORKFLOW = 1;

	private static final int OF_ITEM = 2;

	private static final int REASON = 1;

	private static final int FAILURE = 2;

	private static final int PARENT = 4;

	private static final int STARTED = 8;

	private static final int FINISHED = 16;

	private static final int EXPIRES = 32;

	private static final int STEP = 64;

	private static final int WAITING = 128;

	private RunRowCodec() {
	}

	static byte[] encode(RunRow row) {
		ByteWriter out = new ByteWriter(96);
		out.writeByte((row.step() != null) ? OF_ITEM : OF_WORKFLOW).writeByte(optionals(row));
		write(out, row.step());
		out.writeString(row.id()).writeString(row.name()).writeSigned(row.version());
		out.writeByte(StatusCode.of(row.status())).writeSigned(row.priority());
		out.writeUnsigned(row.attempt()).writeMillis(row.createdAt());
		out.writeUnsigned(row.tags().size());
		row.tags().forEach((key, value) -> out.writeString(key).writeString(value));
		write(out, row.reason());
		write(out, row.failure());
		write(out, row.parentId());
		write(out, row.startedAt());
		write(out, row.finishedAt());
		write(out, row.expiresAt());
		write(out, row.currentStep());
		write(out, row.waitingFor());
		return out.toBytes();
	}

	/**
	 * The row of a number.
	 * @throws StorageException if the bytes are damaged, or of an unknown format
	 */
	static RunRow decode(long number, byte[] bytes) {
		try {
			return decode(number, new ByteReader(bytes));
		}
		catch (UnreadableEntryException ex) {
			throw new StorageException(
					ex.code().equals(UnreadableEntryException.UNKNOWN_FORMAT) ? StorageException.UNKNOWN_FORMAT
							: StorageException.DAMAGED,
					"the row of run number " + number + " cannot be read. " + ex.getMessage(), ex);
		}
	}

	private static RunRow decode(long number, ByteReader in) {
		int version = in.readByte();
		if (version != OF_WORKFLOW && version != OF_ITEM) {
			throw UnreadableEntryException.unknownFormat("row format " + version,
					"row formats " + OF_WORKFLOW + " and " + OF_ITEM + " only");
		}
		int optionals = in.readByte();
		String step = (version == OF_ITEM) ? in.readString() : null;
		String id = in.readString();
		String name = in.readString();
		int workflowVersion = (int) in.readSigned();
		WorkflowStatus status = status(in.readByte());
		int priority = (int) in.readSigned();
		int attempt = in.readInt(0, Integer.MAX_VALUE);
		Instant createdAt = in.readMillis();
		Map<String, String> tags = tags(in);
		String reason = string(in, optionals & REASON);
		String failure = string(in, optionals & FAILURE);
		String parentId = string(in, optionals & PARENT);
		Instant startedAt = instant(in, optionals & STARTED);
		Instant finishedAt = instant(in, optionals & FINISHED);
		Instant expiresAt = instant(in, optionals & EXPIRES);
		String currentStep = string(in, optionals & STEP);
		String waitingFor = string(in, optionals & WAITING);
		in.end();
		return new RunRow(number, id, name, workflowVersion, step, status, reason, failure, tags, priority, parentId,
				createdAt, startedAt, finishedAt, expiresAt, currentStep, attempt, waitingFor);
	}

	private static int optionals(RunRow row) {
		return ((row.reason() != null) ? REASON : 0) | ((row.failure() != null) ? FAILURE : 0)
				| ((row.parentId() != null) ? PARENT : 0) | ((row.startedAt() != null) ? STARTED : 0)
				| ((row.finishedAt() != null) ? FINISHED : 0) | ((row.expiresAt() != null) ? EXPIRES : 0)
				| ((row.currentStep() != null) ? STEP : 0) | ((row.waitingFor() != null) ? WAITING : 0);
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

	private static @Nullable String string(ByteReader in, int present) {
		return (present != 0) ? in.readString() : null;
	}

	private static @Nullable Instant instant(ByteReader in, int present) {
		return (present != 0) ? in.readMillis() : null;
	}

	private static WorkflowStatus status(int code) {
		WorkflowStatus status = StatusCode.status(code);
		if (status == null) {
			throw UnreadableEntryException.unknownFormat("status " + code, "others only");
		}
		return status;
	}

	private static Map<String, String> tags(ByteReader in) {
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
