package io.kraft.engine.store.kv;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.state.RunState;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of the first two formats, in which any field could stand beside any status;
 * what does not belong to the status is left out. The second one has the step of a work
 * item besides. They are no longer written.
 */
final class FirstRunRows {

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

	/** Begins the reason of a run that a user has paused, in each version. */
	private static final String PAUSED_ON_REQUEST = "paused on request";

	private FirstRunRows() {
	}

	/**
	 * The row behind its version.
	 * @throws UnreadableEntryException if it is corrupt, or of another version
	 */
	static RunRow read(long number, int version, ByteReader in) {
		if (version != OF_WORKFLOW && version != OF_ITEM) {
			throw UnreadableEntryException.unknownFormat("row format " + version, "row formats 1 to 3 only");
		}
		int optionals = in.readByte();
		String step = (version == OF_ITEM) ? in.readString() : null;
		String id = in.readString();
		String name = in.readString();
		int workflowVersion = (int) in.readSigned();
		WorkflowStatus status = RunRowCodec.status(in.readByte());
		int priority = (int) in.readSigned();
		int attempt = in.readInt(0, Integer.MAX_VALUE);
		Instant createdAt = in.readMillis();
		Map<String, String> tags = RunRowCodec.tags(in);
		String reason = RunRowCodec.string(in, optionals & REASON);
		String failure = RunRowCodec.string(in, optionals & FAILURE);
		String parentId = RunRowCodec.string(in, optionals & PARENT);
		Instant startedAt = RunRowCodec.instant(in, optionals & STARTED);
		Instant finishedAt = RunRowCodec.instant(in, optionals & FINISHED);
		Instant expiresAt = RunRowCodec.instant(in, optionals & EXPIRES);
		String currentStep = RunRowCodec.string(in, optionals & STEP);
		String waitingFor = Objects.requireNonNullElse(RunRowCodec.string(in, optionals & WAITING), "");
		in.end();
		RunState state = switch (status) {
			case SCHEDULED -> new RunState.Scheduled(startsAt(in, waitingFor));
			case PENDING -> new RunState.Pending();
			case RUNNING -> new RunState.Running();
			case SUSPENDED -> new RunState.Suspended(currentStep, attempt, waitingFor);
			case PAUSED -> paused(reason);
			case COMPLETED, FAILED, CANCELLED, TIMED_OUT, TERMINATED, DEAD ->
				new RunState.Ended(status, failure, finished(in, finishedAt), expiresAt);
		};
		return new RunRow(number, id, name, workflowVersion, step, tags, priority, parentId, createdAt, startedAt, 0,
				state);
	}

	/** The time was a text for display only. */
	private static Instant startsAt(ByteReader in, String waitingFor) {
		try {
			return Instant.parse(waitingFor.substring(waitingFor.lastIndexOf(' ') + 1));
		}
		catch (DateTimeException ex) {
			throw in.corrupt("'" + waitingFor + "' has no start time of the run");
		}
	}

	private static RunState paused(@Nullable String reason) {
		String known = Objects.requireNonNullElse(reason, "");
		return new RunState.Paused(known, known.startsWith(PAUSED_ON_REQUEST));
	}

	private static Instant finished(ByteReader in, @Nullable Instant finishedAt) {
		if (finishedAt == null) {
			throw in.corrupt("a run that has ended has no time of its end");
		}
		return finishedAt;
	}

}
