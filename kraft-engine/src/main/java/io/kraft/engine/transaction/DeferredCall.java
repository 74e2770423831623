package io.kraft.engine.transaction;

import io.kraft.client.DeferredCallException;
import io.kraft.engine.supervision.SafeLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that waits for the commit of its caller's transaction. In memory only: a process
 * that dies between that commit and this call loses it.
 */
public final class DeferredCall {

	private static final Logger log = LoggerFactory.getLogger(DeferredCall.class);

	private final String description;

	private final Runnable action;

	/**
	 * A call.
	 * @param description with all that is needed to make it again
	 */
	public DeferredCall(String description, Runnable action) {
		this.description = description;
		this.action = action;
	}

	/**
	 * Makes the call, durable when it returns. A failure is logged and not thrown: the
	 * transaction has been committed, and a caller that gets an exception believes that
	 * it was not.
	 */
	public void make() {
		try {
			this.action.run();
		}
		catch (RuntimeException ex) {
			DeferredCallException failure = new DeferredCallException(DeferredCallException.FAILED,
					"the transaction was committed, but what waited for its commit has failed and is not tried again: "
							+ ex.getMessage() + " Make this call again: " + this.description
							+ ". See docs/reference/errors.md#kraft-3021",
					ex);
			SafeLog.error(log, String.valueOf(failure.getMessage()), failure);
		}
	}

	/**
	 * Logs that the call was not made, because it is unknown whether its transaction was
	 * committed.
	 */
	public void giveUp() {
		log.error(new DeferredCallException(DeferredCallException.UNKNOWN,
				"it is not known whether the transaction was committed, so what waited for its commit was not done. Look "
						+ "into the database, and if it was committed, make this call again: " + this.description
						+ ". See docs/reference/errors.md#kraft-3022",
				null)
			.getMessage());
	}

	@Override
	public String toString() {
		return this.description;
	}

}
