package io.kraft.engine.operation;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.kraft.engine.journal.Outcome;
import io.kraft.engine.store.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message for which several branches of a run may wait: one takes it, all see what
 * came. Thread-safe.
 */
final class SharedMessage {

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Outcome outcome;

	/** Null before it came, and if it is only known from the journal. */
	private @Nullable Message message;

	/**
	 * What came.
	 * @param inbox takes the message, if it is not taken yet
	 * @return null if nothing came yet
	 */
	@Nullable Arrival look(Supplier<@Nullable Message> inbox) {
		this.lock.lock();
		try {
			if (this.outcome != null) {
				return new Arrival(this.outcome, this.message, false);
			}
			Message message = inbox.get();
			if (message == null) {
				return null;
			}
			this.outcome = message.outcome();
			this.message = message;
			return new Arrival(message.outcome(), message, true);
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
	 * @param message that brought it; null if the journal did
	 * @param isToBeTaken out of the inbox; false if another branch does that
	 */
	record Arrival(Outcome outcome, @Nullable Message message, boolean isToBeTaken) {
	}

}
