package io.kraft.engine.store.kv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * The keys in {@link Keyspace#META} of the requests that were answered: by their ids,
 * with a byte for the format's version, time and answer as the value; and by their times,
 * without a value, so that old ones are found.
 */
final class RequestKeys {

	/** Begin the keys, as {@link QueueKeys}' do. 8 and 9 are kept free. */
	static final int BY_ID = 10;

	static final int BY_TIME = 11;

	private static final int VERSION = 1;

	private static final int ID_IN_TIME = 1 + Long.BYTES;

	private RequestKeys() {
	}

	static byte[] byId(String id) {
		return Keys.strings(BY_ID, id);
	}

	static byte[] byTime(AnsweredRequest request) {
		byte[] id = request.id().getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(ID_IN_TIME + id.length).put(time(request.at())).put(id).array();
	}

	/** The first key of a time. */
	static byte[] time(Instant at) {
		return ByteBuffer.allocate(ID_IN_TIME).put((byte) BY_TIME).putLong(Keys.ordered(ByteWriter.millis(at))).array();
	}

	/**
	 * The id in a key by time.
	 * @throws StorageException if it is too short
	 */
	static String id(byte[] key) {
		if (key.length < ID_IN_TIME) {
			throw Keys.damaged(key, "a time of 8 bytes and the id of a request");
		}
		return new String(key, ID_IN_TIME, key.length - ID_IN_TIME, StandardCharsets.UTF_8);
	}

	static byte[] encode(AnsweredRequest request) {
		return new ByteWriter(32).writeByte(VERSION).writeMillis(request.at()).writeString(request.answer()).toBytes();
	}

	/**
	 * The request of an id.
	 * @throws StorageException if the bytes are damaged, or of an unknown format
	 */
	static AnsweredRequest decode(String id, byte[] bytes) {
		try {
			ByteReader in = new ByteReader(bytes);
			int version = in.readByte();
			if (version != VERSION) {
				throw UnreadableEntryException.unknownFormat("request format " + version,
						"request format " + VERSION + " only");
			}
			Instant at = in.readMillis();
			String answer = in.readString();
			in.end();
			return new AnsweredRequest(id, answer, at);
		}
		catch (UnreadableEntryException ex) {
			throw new StorageException(
					ex.code().equals(UnreadableEntryException.UNKNOWN_FORMAT) ? StorageException.UNKNOWN_FORMAT
							: StorageException.DAMAGED,
					"the answer of request '" + id + "' cannot be read. " + ex.getMessage(), ex);
		}
	}

	static @Nullable AnsweredRequest read(KeyReader store, String id) {
		byte[] value = store.get(Keyspace.META, byId(id));
		return (value != null) ? decode(id, value) : null;
	}

	/**
	 * The requests that were answered before a time, the oldest first.
	 */
	static List<AnsweredRequest> read(KeyReader store, @Nullable AnsweredRequest after, Instant before, int limit) {
		byte[] from = (after != null) ? Keys.next(byTime(after)) : new byte[] { BY_TIME };
		List<AnsweredRequest> requests = new ArrayList<>();
		try (KeyCursor keys = store.scan(Keyspace.META, from, time(before))) {
			for (boolean found = keys.first(); found && requests.size() < limit; found = keys.next()) {
				AnsweredRequest request = read(store, id(keys.key()));
				if (request != null) {
					requests.add(request);
				}
			}
		}
		return requests;
	}

}
