package io.kraft.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.kraft.engine.message.Inbox;
import io.kraft.engine.store.Message;

/**
 * Hands the ends of a run's children to the operations that wait for them. Thread-safe.
 */
public final class ChildResults {

	private final ReentrantLock lock = new ReentrantLock();

	private final Inbox inbox;

	private final RunContinuation continuation;

	private final Map<String, Consumer<Message>> expected = new HashMap<>();

	private final Map<String, Inbox.Arrived> early = new HashMap<>();

	ChildResults(Inbox inbox, RunContinuation continuation) {
		this.inbox = inbox;
		this.continuation = continuation;
	}

	/**
	 * Waits for the end of a child.
	 * @param position of the operation that started it
	 * @param taker is called with the message, once
	 */
	public void expect(String position, Consumer<Message> taker) {
		Inbox.Arrived arrived;
		this.lock.lock();
		try {
			arrived = this.early.remove(position);
			if (arrived == null) {
				this.expected.put(position, taker);
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		hand(arrived, taker);
	}

	private void hand(Inbox.Arrived arrived, Consumer<Message> taker) {
		Message message = this.continuation.whileReadable(() -> this.inbox.read(arrived));
		if (message != null) {
			taker.accept(message);
		}
	}

	/**
	 * Looks into the inbox.
	 */
	public void drain() {
		// Outside of the lock: what follows from an end may wait for the disk.
		drained().forEach(Runnable::run);
	}

	private List<Runnable> drained() {
		this.lock.lock();
		try {
			List<Runnable> handovers = new ArrayList<>();
			for (Inbox.Arrived arrived : taken()) {
				Consumer<Message> taker = this.expected.remove(arrived.message().name());
				if (taker != null) {
					handovers.add(() -> hand(arrived, taker));
				}
				else {
					// A replay has not come to the child yet.
					this.early.put(arrived.message().name(), arrived);
				}
			}
			return handovers;
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<Inbox.Arrived> taken() {
		return this.continuation.whileReadable(() -> this.inbox.takeAll(Message.Kind.CHILD_ENDED));
	}

	/**
	 * Whether there may be messages that were not taken.
	 */
	public boolean mayHaveMore() {
		this.lock.lock();
		try {
			return !this.expected.isEmpty() || !this.early.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

}
