package io.kraft.engine.execution.operation;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.kraft.engine.journal.Outcome;
import io.kraft.engine.store.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message for which several branches of a run may wait: one takes it, all learn what
 * came. Thread-safe.
 */
final class SharedMessage {

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Outcome outcome;

	/**
	 * What came.
	 * @param inbox takes the message, if nobody has
	 * @return null if nothing came yet
	 */
	@Nullable Arrival look(Supplier<@Nullable Message> inbox) {
		this.lock.lock();
		try {
			if (this.outcome != null) {
				return new Arrival(this.outcome, null);
			}
			Message message = inbox.get();
			if (message == null) {
				return null;
			}
			this.outcome = message.outcome();
			return new Arrival(message.outcome(), message);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Learns what a former owner of the run has recorded.
	 */
	void recorded(Outcome outcome) {
		this.lock.lock();
		try {
			this.outcome = outcome;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What came.
	 *
	 * @param message to be taken out of the inbox; null if another branch has
	 */
	record Arrival(Outcome outcome, @Nullable Message message) {
	}

}
