package io.kraft.engine.store.kv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.check.Finding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Checks what the store holds besides runs: its marks, schedules, queues, counts,
 * channels to other partitions and answered requests; and that no key is of an unknown
 * kind.
 */
final class MetaCheck {

	private final KeyReader store;

	private final Findings findings;

	private final Map<String, StatusCounts> counts = new HashMap<>();

	private final ChannelCheck channels;

	private final RequestCheck requests;

	private long highestRun;

	MetaCheck(KeyReader store, Findings findings) {
		this.store = store;
		this.findings = findings;
		this.channels = new ChannelCheck(findings);
		this.requests = new RequestCheck(store, findings);
	}

	/**
	 * Checks all keys.
	 * @param highestRow the highest number of a row
	 */
	void run(long highestRow) {
		this.highestRun = highestRow;
		checkMarks(highestRow);
		try (KeyCursor keys = this.store.scan(Keyspace.META, Keys.EMPTY, null)) {
			for (boolean found = keys.first(); found; found = keys.next()) {
				this.findings.keys++;
				check(keys.key(), keys.value());
			}
		}
		this.channels.end();
		unknown(Keyspace.MESSAGES, Keys.EMPTY, new byte[] { MessageKeys.INBOX });
		unknown(Keyspace.MESSAGES, new byte[] { MessageKeys.PAYLOAD + 1 }, null);
	}

	/**
	 * Compares the persisted counts with those of the rows.
	 */
	void compareCounts(Map<String, StatusCounts> counted) {
		if (mark(StoreMark.COUNTED) == 0) {
			// They are created at the next opening.
			return;
		}
		counted.forEach((workflow, expected) -> {
			StatusCounts found = this.counts.getOrDefault(workflow, StatusCounts.NONE);
			if (!found.equals(expected)) {
				this.findings.add(Kind.COUNT, 0, "number of runs of '" + workflow + "'", expected.counts().toString(),
						found.counts().toString(),
						new KeyFix(Keyspace.META, RunCounts.key(workflow), RunCounts.encode(workflow, expected)));
			}
		});
		this.counts.forEach((workflow, found) -> {
			if (!counted.containsKey(workflow)) {
				this.findings.add(Kind.COUNT, 0, "number of runs of '" + workflow + "'", "none",
						found.counts().toString(), KeyFix.absent(Keyspace.META, RunCounts.key(workflow)));
			}
		});
	}

	private void checkMarks(long highestRow) {
		if (highestRow > 0 && mark(StoreMark.FORMAT) == 0) {
			this.findings.add(Kind.UNREADABLE_VALUE, 0, "mark FORMAT", "the format of the runs", "none");
		}
		this.highestRun = Math.max(this.highestRun, mark(StoreMark.HIGHEST_RUN));
	}

	private long mark(StoreMark mark) {
		try {
			return mark.read(this.store);
		}
		catch (RuntimeException ex) {
			// A finding below.
			return -1;
		}
	}

	private void check(byte[] key, byte[] value) {
		try {
			StoreMark mark = StoreMark.of(key);
			boolean known = (mark != null) ? isMark(mark, value) : (key.length > 0) && switch (key[0]) {
				case ScheduleRowCodec.KEY -> isSchedule(key, value);
				case QueueKeys.PAUSED -> isPausedQueue(key, value);
				case QueueKeys.ATTEMPT -> isAttempt(key);
				case RunCounts.KEY -> isCount(key, value);
				case ChannelKeys.ROW -> this.channels.isRow(key, value);
				case ChannelKeys.SENT -> this.channels.isSent(key, value);
				case ChannelKeys.TAKEN -> ChannelCheck.isTaken(key, value);
				case RequestKeys.BY_ID -> this.requests.isById(key, value);
				case RequestKeys.BY_TIME -> this.requests.isByTime(key);
				default -> false;
			};
			if (!known) {
				this.findings.add(Kind.UNKNOWN_KEY, 0, "META " + Findings.hex(key),
						"a mark, schedule, queue, count, channel or request",
						"another key, or a value that is not of the key");
			}
		}
		catch (RuntimeException ex) {
			this.findings.add(Kind.UNREADABLE_VALUE, 0, "META " + Findings.hex(key),
					"a schedule, queue, count, channel or request", String.valueOf(ex.getMessage()));
		}
	}

	private static boolean isMark(StoreMark mark, byte[] value) {
		if (mark == StoreMark.PARTITION && value.length == Long.BYTES) {
			StoreMark.decodeIdentity(value);
		}
		return value.length == Long.BYTES;
	}

	private static boolean isSchedule(byte[] key, byte[] value) {
		String name = Keys.firstString(key);
		ScheduleRowCodec.decode(name, value);
		return Arrays.equals(key, ScheduleRowCodec.key(name));
	}

	private static boolean isPausedQueue(byte[] key, byte[] value) {
		return Arrays.equals(key, QueueKeys.paused(new String(value, StandardCharsets.UTF_8)));
	}

	private boolean isAttempt(byte[] key) {
		String queue = Keys.firstString(key);
		if (key.length != Keys.strings(QueueKeys.ATTEMPT, queue).length + QueueKeys.TAIL) {
			return false;
		}
		long run = ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
		if (run <= 0 || run > this.highestRun) {
			this.findings.add(Kind.QUEUE_ATTEMPT, run, "queue '" + queue + "'", "a run up to " + this.highestRun,
					"run number " + run);
		}
		return true;
	}

	private boolean isCount(byte[] key, byte[] value) {
		String workflow = Keys.firstString(key);
		try {
			RunCounts.Stored counted = RunCounts.decode(value);
			this.counts.put(workflow, counted.name().equals(workflow) ? counted.counts() : StatusCounts.NONE);
		}
		catch (RuntimeException ex) {
			// Differs from what is counted, and so is replaced by a repair.
			this.counts.put(workflow, StatusCounts.NONE);
		}
		return true;
	}

	private void unknown(Keyspace space, byte[] from, byte @Nullable [] to) {
		try (KeyCursor keys = this.store.scan(space, from, to)) {
			for (boolean found = keys.first(); found; found = keys.next()) {
				this.findings.keys++;
				this.findings.add(Kind.UNKNOWN_KEY, 0, space + " " + Findings.hex(keys.key()), "no key of this kind",
						"one");
			}
		}
	}

}
