package io.kraft.engine.store.kv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.store.QueueAttempt;

/**
 * The keys in {@link Keyspace#META} that keep what survives of queues: that one is
 * paused, with its name as the value, and its recent attempts, without a value.
 */
final class QueueKeys {

	/** Begin the keys, as {@link ScheduleRowCodec}'s do. */
	static final int PAUSED = 2;

	static final int ATTEMPT = 3;

	static final int TAIL = 2 * Long.BYTES;

	private QueueKeys() {
	}

	static byte[] paused(String queue) {
		return Keys.strings(PAUSED, queue);
	}

	static byte[] attempt(QueueAttempt attempt) {
		byte[] prefix = Keys.strings(ATTEMPT, attempt.queue());
		return ByteBuffer.allocate(prefix.length + TAIL)
			.put(prefix)
			.putLong(Keys.ordered(attempt.at().toEpochMilli()))
			.putLong(attempt.run())
			.array();
	}

	/**
	 * The names of the queues that are paused, in order.
	 */
	static List<String> pausedQueues(KeyReader store) {
		List<String> queues = new ArrayList<>();
		try (KeyCursor keys = store.scan(Keyspace.META, new byte[] { PAUSED }, new byte[] { PAUSED + 1 })) {
			for (boolean found = keys.first(); found; found = keys.next()) {
				queues.add(new String(keys.value(), StandardCharsets.UTF_8));
			}
		}
		return queues;
	}

	/**
	 * The attempts of a queue that are kept, the oldest first.
	 */
	static List<QueueAttempt> attempts(KeyReader store, String queue) {
		List<QueueAttempt> attempts = new ArrayList<>();
		byte[] prefix = Keys.strings(ATTEMPT, queue);
		try (KeyCursor keys = store.scan(Keyspace.META, prefix, Keys.after(prefix))) {
			for (boolean found = keys.first(); found; found = keys.next()) {
				attempts.add(attempt(queue, keys.key()));
			}
		}
		return attempts;
	}

	/**
	 * The attempt of a key that begins as the queue's do.
	 * @throws io.kraft.engine.store.StorageException if it is the key of none
	 */
	static QueueAttempt attempt(String queue, byte[] key) {
		int prefix = key.length - TAIL;
		if (prefix != Keys.strings(ATTEMPT, queue).length) {
			throw Keys.damaged(key, "an attempt of the queue '" + queue + "'");
		}
		ByteBuffer tail = ByteBuffer.wrap(key, prefix, TAIL);
		Instant at = Instant.ofEpochMilli(Keys.ordered(tail.getLong()));
		return new QueueAttempt(queue, at, Keys.notNegative(tail.getLong(), key));
	}

}
