package io.kraft.engine.store.kv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.InboxSize;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.kv.MessageCodec.Head;
import org.jspecify.annotations.Nullable;

/**
 * Reads inboxes, what runs have published, and the progress of steps.
 */
final class MessageReader {

	private final KeyReader keys;

	MessageReader(KeyReader keys) {
		this.keys = keys;
	}

	List<Message> inbox(long run, long after) {
		List<Message> messages = new ArrayList<>();
		read(run, MessageKeys.message(run, after + 1), MessageKeys.inbox(run + 1), (message, isWhole, bytes) -> {
			Message whole = isWhole ? message : message(run, message.sequence());
			if (whole != null) {
				messages.add(whole);
			}
			return true;
		});
		return messages;
	}

	void inbox(long run, long after, MessageVisitor visitor) {
		read(run, MessageKeys.message(run, after + 1), MessageKeys.inbox(run + 1), visitor);
	}

	@Nullable Message message(long run, long sequence) {
		byte[] message = this.keys.get(Keyspace.MESSAGES, MessageKeys.message(run, sequence));
		return (message != null) ? whole(MessageCodec.decode(run, sequence, message)) : null;
	}

	/** Null if it was taken since its head was read. */
	private @Nullable Message whole(Head head) {
		if (head.isWhole()) {
			return head.message();
		}
		long run = head.message().run();
		long sequence = head.message().sequence();
		byte[] payload = this.keys.get(Keyspace.MESSAGES, MessageKeys.payload(run, sequence));
		if (payload != null) {
			return head.with(payload);
		}
		if (this.keys.get(Keyspace.MESSAGES, MessageKeys.message(run, sequence)) != null) {
			throw new StorageException(StorageException.DAMAGED,
					"message " + sequence + " of run number " + run
							+ " has no payload, though its head names one. Restore the data from a backup. "
							+ "See docs/reference/errors.md#kraft-4003",
					null);
		}
		return null;
	}

	InboxSize size(long run) {
		long messages = 0;
		long bytes = 0;
		try (KeyCursor found = this.keys.scan(Keyspace.MESSAGES, MessageKeys.inbox(run), MessageKeys.inbox(run + 1))) {
			for (boolean more = found.first(); more; more = found.next()) {
				bytes += MessageCodec.decode(run, Keys.lastNumber(found.key()), found.value()).contents();
				messages++;
			}
		}
		return new InboxSize(messages, bytes);
	}

	List<Message> setAside(long run) {
		byte[][] bounds = MessageKeys.setAside(run);
		List<Message> messages = new ArrayList<>();
		read(run, bounds[0], bounds[1], (message, isWhole, bytes) -> messages.add(message));
		return messages;
	}

	private void read(long run, byte[] from, byte[] to, MessageVisitor visitor) {
		try (KeyCursor found = this.keys.scan(Keyspace.MESSAGES, from, to)) {
			boolean more = found.first();
			while (more) {
				Head head = MessageCodec.decode(run, Keys.lastNumber(found.key()), found.value());
				more = visitor.visit(head.message(), head.isWhole(), head.bytes()) && found.next();
			}
		}
	}

	boolean knows(long run, String id) {
		return this.keys.get(Keyspace.MESSAGES, MessageKeys.known(run, id)) != null;
	}

	int known(long run, String prefix, int most) {
		byte[] from = MessageKeys.known(run, prefix);
		int count = 0;
		try (KeyCursor found = this.keys.scan(Keyspace.MESSAGES, from, Keys.after(from))) {
			for (boolean more = found.first(); more && count < most; more = found.next()) {
				count++;
			}
		}
		return count;
	}

	Map<String, Integer> publishedSizes(long run) {
		Map<String, Integer> sizes = new HashMap<>();
		byte[][] bounds = MessageKeys.published(run);
		try (KeyCursor found = this.keys.scan(Keyspace.MESSAGES, bounds[0], bounds[1])) {
			for (boolean more = found.first(); more; more = found.next()) {
				sizes.put(MessageKeys.publishedKey(found.key()), found.value().length);
			}
		}
		return sizes;
	}

	/**
	 * Looks for the first message of each run, and skips its others.
	 */
	List<Long> runs(long after, int limit) {
		List<Long> runs = new ArrayList<>();
		long next = after + 1;
		while (runs.size() < limit) {
			try (KeyCursor found = this.keys.scan(Keyspace.MESSAGES, MessageKeys.inbox(next),
					MessageKeys.endOfInboxes())) {
				if (!found.first()) {
					return runs;
				}
				long run = MessageKeys.run(found.key());
				runs.add(run);
				next = run + 1;
			}
		}
		return runs;
	}

	@Nullable Payload published(long run, String key) {
		return value(MessageKeys.published(run, key));
	}

	@Nullable Payload progress(long run, String step) {
		return value(MessageKeys.progress(run, step));
	}

	private @Nullable Payload value(byte[] key) {
		byte[] value = this.keys.get(Keyspace.MESSAGES, key);
		return (value != null && JournalCodec.decodeOutcome(value) instanceof Outcome.Success(Payload payload))
				? payload : null;
	}

}
