package io.kraft.engine.message;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a run in memory has not taken yet, in the order of their commits.
 * Thread-safe.
 * <p>
 * It looks at what is durable, and at each message once: messages become durable in the
 * order of their sequences, so that whatever comes later is behind what was read. The
 * payloads of the first few kilobytes are kept; those of the others stay on disk until
 * they are taken.
 */
public final class Inbox {

	private static final Outcome NOTHING = new Outcome.Success(Payload.NULL);

	private static final int KEPT_BYTES = 16 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final long run;

	private final Store store;

	private final List<Arrived> waiting = new ArrayList<>();

	private int kept;

	private long lastRead;

	/**
	 * The inbox of a run; nothing is read before it is looked into.
	 */
	public Inbox(long run, Store store) {
		this.run = run;
		this.store = store;
	}

	/**
	 * Takes the first message that is meant. The caller makes it durable that it was
	 * taken, together with what follows from it.
	 * @param meant does not look at the payload
	 * @return null if there is none
	 */
	public @Nullable Message take(Predicate<Message> meant) {
		this.lock.lock();
		try {
			refresh();
			Iterator<Arrived> messages = this.waiting.iterator();
			while (messages.hasNext()) {
				Arrived arrived = messages.next();
				if (meant.test(arrived.message())) {
					Message message = read(arrived);
					messages.remove();
					this.kept -= arrived.kept();
					if (message != null) {
						return message;
					}
				}
			}
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes all messages of a kind, to be read one by one. The caller makes it durable
	 * that they were taken.
	 */
	public List<Arrived> takeAll(Message.Kind kind) {
		this.lock.lock();
		try {
			refresh();
			List<Arrived> taken = this.waiting.stream().filter((arrived) -> arrived.message().kind() == kind).toList();
			if (!taken.isEmpty()) {
				this.waiting.removeIf((arrived) -> arrived.message().kind() == kind);
				this.kept -= taken.stream().mapToInt(Arrived::kept).sum();
			}
			return taken;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes a durable message from the run, which has not taken it yet and never will.
	 * The caller makes it durable, in a decision about the run, before that ends.
	 * @return false if the run has taken it, though that may not be durable yet
	 */
	public boolean withdraw(long sequence) {
		this.lock.lock();
		try {
			refresh();
			Iterator<Arrived> messages = this.waiting.iterator();
			while (messages.hasNext()) {
				Arrived arrived = messages.next();
				if (arrived.message().sequence() == sequence) {
					messages.remove();
					this.kept -= arrived.kept();
					return true;
				}
			}
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Puts back what was taken or withdrawn, where it was, and as it is on disk.
	 */
	public void putBack(Message message) {
		this.lock.lock();
		try {
			int behind = 0;
			while (behind < this.waiting.size() && this.waiting.get(behind).message().sequence() < message.sequence()) {
				behind++;
			}
			this.waiting.add(behind, new Arrived(withoutPayload(message), false, 0));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What has not been taken, some or all of it without what it carries.
	 */
	public List<Message> waiting() {
		this.lock.lock();
		try {
			refresh();
			return this.waiting.stream().map(Arrived::message).toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The whole message.
	 * @return null if it was removed from the inbox, because somebody else has ended the
	 * run
	 */
	public @Nullable Message read(Arrived arrived) {
		return arrived.isWhole() ? arrived.message()
				: this.store.message(arrived.message().run(), arrived.message().sequence());
	}

	private void refresh() {
		this.store.readMessages(this.run, this.lastRead, (message, bytes) -> {
			boolean keeps = bytes <= KEPT_BYTES - this.kept;
			this.waiting
				.add(keeps ? new Arrived(message, true, bytes) : new Arrived(withoutPayload(message), false, 0));
			this.kept += keeps ? bytes : 0;
			this.lastRead = message.sequence();
		});
	}

	private static Message withoutPayload(Message message) {
		return new Message(message.run(), message.sequence(), message.kind(), message.name(), NOTHING, message.at());
	}

	/**
	 * A message that was looked at.
	 *
	 * @param message the payload is missing unless it is whole
	 * @param isWhole whether it is kept in memory
	 * @param kept how many bytes that takes
	 */
	public record Arrived(Message message, boolean isWhole, int kept) {
	}

}
