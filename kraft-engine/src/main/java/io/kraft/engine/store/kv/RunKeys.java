package io.kraft.engine.store.kv;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.Position;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Timer;

/**
 * The keys under which things about runs are kept. In {@link Keyspace#INDEX} the first
 * byte is the kind, and the run's number is at the end, so that runs that agree in what
 * is before it are in the order of their start.
 */
final class RunKeys {

	static final int ID = 1;

	private static final int STATUS = 2;

	private static final int NAME = 3;

	private static final int TAG = 4;

	private static final int EXPIRY = 5;

	private static final int PENDING = 6;

	private static final int TIMER_BYTES = 2 * Long.BYTES;

	private RunKeys() {
	}

	static byte[] entry(long run, int sequence) {
		return ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(run).putInt(sequence).array();
	}

	static int sequence(byte[] entry) {
		return ByteBuffer.wrap(entry).getInt(Long.BYTES);
	}

	/** To be followed by the number, as are the next three. */
	static byte[] id(String id) {
		return Keys.strings(ID, id);
	}

	static byte[] status(WorkflowStatus status) {
		return new byte[] { STATUS, StatusCode.of(status) };
	}

	static byte[] name(String name, WorkflowStatus status) {
		byte[] prefix = Keys.strings(NAME, name);
		return ByteBuffer.allocate(prefix.length + 1).put(prefix).put(StatusCode.of(status)).array();
	}

	static byte[] tag(String key, String value) {
		return Keys.strings(TAG, key, value);
	}

	static byte[] expiry(Instant expiresAt, long run) {
		return ByteBuffer.allocate(1 + 2 * Long.BYTES)
			.put((byte) EXPIRY)
			.putLong(Keys.ordered(ByteWriter.millis(expiresAt)))
			.putLong(run)
			.array();
	}

	/** All pending runs of a workflow. */
	static byte[] pending(String workflow) {
		return Keys.strings(PENDING, workflow);
	}

	/** A higher priority comes first. */
	static byte[] pending(RunRow row) {
		byte[] prefix = pending(row.name());
		return ByteBuffer.allocate(prefix.length + Integer.BYTES + Long.BYTES)
			.put(prefix)
			.putInt(~row.priority() ^ Integer.MIN_VALUE)
			.putLong(row.number())
			.array();
	}

	/** Behind all pending runs of a workflow. */
	static byte[] behindPending(String workflow) {
		byte[] prefix = pending(workflow);
		byte[] key = Arrays.copyOf(prefix, prefix.length + Integer.BYTES + Long.BYTES + 1);
		Arrays.fill(key, prefix.length, key.length, (byte) 0xFF);
		return key;
	}

	static byte[] firstPending() {
		return new byte[] { PENDING };
	}

	static byte[] behindAllPending() {
		return new byte[] { PENDING + 1 };
	}

	static byte[] firstExpiry() {
		return new byte[] { EXPIRY };
	}

	/**
	 * What a key in {@link Keyspace#INDEX} finds runs by, for messages.
	 */
	static String indexName(byte[] key) {
		return switch (key[0]) {
			case ID -> "index of ids";
			case STATUS -> "index of statuses";
			case NAME -> "index of workflows";
			case TAG -> "index of tags";
			case EXPIRY -> "index of expiry";
			case PENDING -> "index of pending runs";
			default -> "index";
		};
	}

	static byte[] timer(Timer timer) {
		Position position = timer.position();
		ByteBuffer key = ByteBuffer.allocate(TIMER_BYTES + position.depth() * Integer.BYTES)
			.putLong(Keys.ordered(ByteWriter.millis(timer.dueAt())))
			.putLong(timer.run());
		for (int depth = 0; depth < position.depth(); depth++) {
			key.putInt(position.number(depth));
		}
		return key.array();
	}

	/**
	 * The timer of a key.
	 * @throws io.kraft.engine.store.StorageException if it is the key of none
	 */
	static Timer timer(byte[] key) {
		if (key.length < TIMER_BYTES || (key.length - TIMER_BYTES) % Integer.BYTES != 0) {
			throw Keys.damaged(key, "a time, the number of a run and a position");
		}
		ByteBuffer buffer = ByteBuffer.wrap(key);
		Instant dueAt = Instant.ofEpochMilli(Keys.ordered(buffer.getLong()));
		long run = Keys.notNegative(buffer.getLong(), key);
		int[] path = new int[buffer.remaining() / Integer.BYTES];
		buffer.asIntBuffer().get(path);
		for (int number : path) {
			if (number < 1) {
				throw Keys.damaged(key, "a position with numbers from 1");
			}
		}
		return new Timer(dueAt, run, Position.of(path));
	}

}
