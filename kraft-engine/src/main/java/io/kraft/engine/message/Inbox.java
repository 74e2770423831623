package io.kraft.engine.message;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a run in memory has not taken yet, in the order of their commits.
 * Thread-safe.
 * <p>
 * It reads what is durable, and each message that it holds once: messages become durable
 * in the order of their sequences, so that whatever comes later is behind what was read.
 * The payloads of the first few kilobytes are kept; those of the others stay on disk
 * until they are taken. Where there is no room for a message in the memory that all
 * inboxes share, it and those behind it are not held at all: they are looked for on disk.
 */
public final class Inbox {

	private static final Outcome NO_PAYLOAD = new Outcome.Success(Payload.NULL);

	private static final int KEPT_BYTES = 16 * 1024;

	/** What a message takes besides its payload, about. */
	private static final int MESSAGE_OVERHEAD = 256;

	private final ReentrantLock lock = new ReentrantLock();

	private final long run;

	private final Store store;

	private final ByteBudget memory;

	/** The first of them, as many as are held. */
	private final List<Arrived> waiting = new ArrayList<>();

	/** Of those that are not held: their removal need not be durable yet. */
	private final TreeSet<Long> takenBehind = new TreeSet<>();

	private int kept;

	private long held;

	private long lastRead;

	private boolean closed;

	/**
	 * The inbox of a run; it is not read before its first use.
	 * @param memory for the messages that are in memory, which the inboxes of all runs
	 * share: those for which there is no room stay on disk, and are read there each time
	 * they are looked for
	 */
	public Inbox(long run, Store store, ByteBudget memory) {
		this.run = run;
		this.store = store;
		this.memory = memory;
	}

	/**
	 * Takes the first message that matches. The caller makes it durable that it was
	 * taken, together with what follows from it.
	 * @param filter does not use the payload
	 * @return null if no message matches
	 */
	public @Nullable Message take(Predicate<Message> filter) {
		this.lock.lock();
		try {
			boolean isAll = refresh();
			Iterator<Arrived> messages = this.waiting.iterator();
			while (messages.hasNext()) {
				Arrived arrived = messages.next();
				if (filter.test(arrived.message())) {
					Message message = read(arrived);
					messages.remove();
					letGo(arrived);
					if (message != null) {
						return message;
					}
				}
			}
			return isAll ? null : takeBehind(filter);
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
			boolean isAll = refresh();
			List<Arrived> taken = new ArrayList<>();
			this.waiting.forEach((arrived) -> {
				if (arrived.message().kind() == kind) {
					taken.add(arrived);
					letGo(arrived);
				}
			});
			if (!taken.isEmpty()) {
				this.waiting.removeIf((arrived) -> arrived.message().kind() == kind);
			}
			if (!isAll) {
				List<Arrived> behind = new ArrayList<>();
				visitBehind((message, isWhole, bytes) -> (message.kind() != kind)
						|| behind.add(new Arrived(withoutPayload(message), false, 0)));
				behind.forEach((arrived) -> this.takenBehind.add(arrived.message().sequence()));
				taken.addAll(behind);
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
			if (sequence > this.lastRead) {
				return this.store.message(this.run, sequence) != null && this.takenBehind.add(sequence);
			}
			Iterator<Arrived> messages = this.waiting.iterator();
			while (messages.hasNext()) {
				Arrived arrived = messages.next();
				if (arrived.message().sequence() == sequence) {
					messages.remove();
					letGo(arrived);
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
			if (message.sequence() > this.lastRead) {
				this.takenBehind.remove(message.sequence());
				return;
			}
			int behind = 0;
			while (behind < this.waiting.size() && this.waiting.get(behind).message().sequence() < message.sequence()) {
				behind++;
			}
			Arrived arrived = new Arrived(withoutPayload(message), false, 0);
			this.waiting.add(behind, arrived);
			if (!this.closed) {
				this.held += arrived.bytes();
				this.memory.take(arrived.bytes());
			}
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
			boolean isAll = refresh();
			List<Message> messages = new ArrayList<>();
			this.waiting.forEach((arrived) -> messages.add(arrived.message()));
			if (!isAll) {
				visitBehind((message, isWhole, bytes) -> messages.add(withoutPayload(message)));
			}
			return messages;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The whole message.
	 * @return null if it was removed from the inbox, because another thread has ended the
	 * run
	 */
	public @Nullable Message read(Arrived arrived) {
		return arrived.isWhole() ? arrived.message()
				: this.store.message(arrived.message().run(), arrived.message().sequence());
	}

	/**
	 * Gives its memory back, because the run leaves memory. Later reads go to the disk.
	 */
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.memory.giveBack(this.held);
			this.held = 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Reads what has come.
	 * @return whether all of it is held
	 */
	private boolean refresh() {
		boolean[] isAll = { true };
		this.store.readMessages(this.run, this.lastRead, (message, isWhole, bytes) -> {
			isAll[0] = this.takenBehind.contains(message.sequence()) || hold(message, isWhole, bytes);
			if (isAll[0]) {
				this.lastRead = message.sequence();
			}
			return isAll[0];
		});
		if (isAll[0]) {
			this.takenBehind.clear();
		}
		else {
			this.takenBehind.headSet(this.lastRead, true).clear();
		}
		return isAll[0];
	}

	private boolean hold(Message message, boolean isWhole, int bytes) {
		boolean keeps = isWhole && bytes <= KEPT_BYTES - this.kept;
		Arrived arrived = keeps ? new Arrived(message, true, bytes) : new Arrived(withoutPayload(message), false, 0);
		if (this.closed || !this.memory.tryTake(arrived.bytes())) {
			return false;
		}
		this.waiting.add(arrived);
		this.kept += arrived.kept();
		this.held += arrived.bytes();
		return true;
	}

	private void letGo(Arrived arrived) {
		this.kept -= arrived.kept();
		if (!this.closed) {
			this.held -= arrived.bytes();
			this.memory.giveBack(arrived.bytes());
		}
	}

	private @Nullable Message takeBehind(Predicate<Message> filter) {
		List<Message> found = new ArrayList<>(1);
		visitBehind((message, isWhole, bytes) -> {
			if (filter.test(message)) {
				found.add(message);
			}
			return found.isEmpty();
		});
		if (found.isEmpty()) {
			return null;
		}
		Message taken = this.store.message(this.run, found.getFirst().sequence());
		this.takenBehind.add(found.getFirst().sequence());
		return taken;
	}

	/**
	 * Shows what is not held and was not taken; forgets what was taken and is no longer
	 * on disk.
	 */
	private void visitBehind(MessageVisitor visitor) {
		Set<Long> taken = new HashSet<>();
		long[] last = { this.lastRead };
		this.store.readMessages(this.run, this.lastRead, (message, isWhole, bytes) -> {
			last[0] = message.sequence();
			if (this.takenBehind.contains(message.sequence())) {
				taken.add(message.sequence());
				return true;
			}
			return visitor.visit(message, isWhole, bytes);
		});
		this.takenBehind.headSet(last[0], false).removeIf((sequence) -> !taken.contains(sequence));
	}

	private static Message withoutPayload(Message message) {
		return new Message(message.run(), message.sequence(), message.kind(), message.name(), NO_PAYLOAD, message.at());
	}

	/**
	 * A message that was read.
	 *
	 * @param message the payload is missing unless it is whole
	 * @param isWhole whether it is kept in memory
	 * @param kept how many bytes that takes
	 */
	public record Arrived(Message message, boolean isWhole, int kept) {

		private long bytes() {
			return (long) MESSAGE_OVERHEAD + 2L * this.message.name().length() + this.kept;
		}

	}

}
