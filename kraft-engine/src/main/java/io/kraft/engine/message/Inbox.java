package io.kraft.engine.message;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.kraft.engine.store.Message;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a run in memory has not taken yet, in the order of their commits.
 * Thread-safe.
 * <p>
 * It reads what is durable, and each message once: messages become durable in the order
 * of their sequences, so that whatever comes later is behind what was read.
 */
public final class Inbox {

	private final ReentrantLock lock = new ReentrantLock();

	private final long run;

	private final Store store;

	private final List<Message> waiting = new ArrayList<>();

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
	 * @return null if there is none
	 */
	public @Nullable Message take(Predicate<Message> meant) {
		this.lock.lock();
		try {
			refresh();
			Iterator<Message> messages = this.waiting.iterator();
			while (messages.hasNext()) {
				Message message = messages.next();
				if (meant.test(message)) {
					messages.remove();
					return message;
				}
			}
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes all messages of a kind. The caller makes it durable that they were taken.
	 */
	public List<Message> takeAll(Message.Kind kind) {
		this.lock.lock();
		try {
			refresh();
			List<Message> taken = this.waiting.stream().filter((message) -> message.kind() == kind).toList();
			this.waiting.removeAll(taken);
			return taken;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What has not been taken.
	 */
	public List<Message> waiting() {
		this.lock.lock();
		try {
			refresh();
			return List.copyOf(this.waiting);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void refresh() {
		for (Message message : this.store.messages(this.run, this.lastRead)) {
			this.waiting.add(message);
			this.lastRead = message.sequence();
		}
	}

}
