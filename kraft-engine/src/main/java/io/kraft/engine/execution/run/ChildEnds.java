package io.kraft.engine.execution.run;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.kraft.engine.message.Inbox;
import io.kraft.engine.store.Message;

/**
 * Hands the ends of a run's children to whoever waits for them in the run. Thread-safe.
 */
public final class ChildEnds {

	private final Inbox inbox;

	private final Map<String, Consumer<Message>> expected = new HashMap<>();

	private final Map<String, Message> early = new HashMap<>();

	ChildEnds(Inbox inbox) {
		this.inbox = inbox;
	}

	/**
	 * Waits for the end of a child.
	 * @param position of the operation that started it
	 * @param taker is called with the message, once
	 */
	public synchronized void expect(String position, Consumer<Message> taker) {
		Message message = this.early.remove(position);
		if (message != null) {
			taker.accept(message);
		}
		else {
			this.expected.put(position, taker);
		}
	}

	/**
	 * Looks into the inbox.
	 */
	public synchronized void drain() {
		for (Message message : this.inbox.takeAll(Message.Kind.CHILD_ENDED)) {
			Consumer<Message> taker = this.expected.remove(message.name());
			if (taker != null) {
				taker.accept(message);
			}
			else {
				// A replay has not come to the child yet.
				this.early.put(message.name(), message);
			}
		}
	}

}
