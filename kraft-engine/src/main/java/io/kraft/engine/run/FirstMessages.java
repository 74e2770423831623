package io.kraft.engine.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.engine.run.WaitCondition.MessageKey;
import io.kraft.engine.store.Store;

/**
 * Finds the first message of a kind and name in inboxes on disk, and remembers how far it
 * has looked: a sender that fills an inbox and sends what is refused would otherwise let
 * it be read as a whole by each message, in decisions for which the run waits.
 * Thread-safe.
 * <p>
 * Messages become durable in the order of their numbers, so that of what was looked
 * through nothing is looked at again: what is not there does not come there. Only a retry
 * returns messages to where they were, and calls {@link #forget}.
 */
final class FirstMessages {

	private static final int REMEMBERED = 4096;

	private final ReentrantLock lock = new ReentrantLock();

	/** By what is looked for: below which number there is none. */
	private final Map<Sought, Long> beginnings = new LinkedHashMap<>(16, 0.75f, true);

	private final Store store;

	/**
	 * Has not looked yet.
	 */
	FirstMessages(Store store) {
		this.store = store;
	}

	/**
	 * Whether a durable message of that kind and name waits for a run.
	 */
	boolean isThere(long run, MessageKey key) {
		return isBefore(run, key, Long.MAX_VALUE);
	}

	/**
	 * Whether a durable message of that kind and name waits for a run in front of a
	 * number.
	 */
	boolean isBefore(long run, MessageKey key, long number) {
		Sought sought = new Sought(run, key);
		Search search = new Search(beginning(sought));
		this.store.readMessages(run, search.next - 1, (message, isWhole, bytes) -> {
			search.found = key.matches(message);
			search.next = search.found ? message.sequence() : message.sequence() + 1;
			return !search.found;
		});
		remember(sought, search.next);
		return search.found && search.next < number;
	}

	/**
	 * Looks through the whole inbox of a run again, when it is asked next.
	 */
	void forget(long run) {
		this.lock.lock();
		try {
			this.beginnings.keySet().removeIf((sought) -> sought.run() == run);
		}
		finally {
			this.lock.unlock();
		}
	}

	private long beginning(Sought sought) {
		this.lock.lock();
		try {
			return this.beginnings.getOrDefault(sought, 1L);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void remember(Sought sought, long next) {
		this.lock.lock();
		try {
			this.beginnings.put(sought, next);
			if (this.beginnings.size() > REMEMBERED) {
				this.beginnings.remove(this.beginnings.keySet().iterator().next());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What is looked for, and where.
	 */
	private record Sought(long run, MessageKey key) {
	}

	private static final class Search {

		private long next;

		private boolean found;

		Search(long next) {
			this.next = next;
		}

	}

}
