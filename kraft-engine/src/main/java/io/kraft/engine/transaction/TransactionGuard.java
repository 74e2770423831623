package io.kraft.engine.transaction;

import java.util.function.Supplier;

import io.kraft.client.CallInTransactionException;
import io.kraft.engine.transaction.CallerTransaction.State;

/**
 * Keeps what a client calls inside a transaction of its application true to it: what is
 * done waits for the commit, and nothing is waited for.
 */
public record TransactionGuard(CallerTransaction transaction) {

	/**
	 * Refuses to wait for the end of a run inside a transaction: the run may need what
	 * the transaction has written, or locked.
	 * @param call what was called
	 * @throws CallInTransactionException in a transaction
	 */
	public void checkWait(String call) {
		if (this.transaction.state() != State.NONE) {
			throw new CallInTransactionException(call + " waits for the end of a run, but the thread '"
					+ Thread.currentThread().getName() + "' is in a transaction, which would keep its connection and "
					+ "its locks until then, and whose changes the run does not see. Start the run in the "
					+ "transaction, and wait for it behind its end. See docs/reference/errors.md#kraft-3020");
		}
	}

	/**
	 * Whether a call waits for the commit of the caller's transaction.
	 * @param call what was called
	 * @param immediately whether it is not to wait for that
	 * @throws CallInTransactionException if such calls are refused
	 */
	public boolean defers(String call, boolean immediately) {
		return !immediately && switch (this.transaction.state()) {
			case NONE, ENDING -> false;
			case OPEN -> true;
			case CLOSED -> throw new CallInTransactionException(call
					+ " was called inside a transaction, which kraft.transactions.start=refuse forbids. Call it "
					+ "behind the end of the transaction, or with the option immediately(), where there is one. "
					+ "See docs/reference/errors.md#kraft-3020");
		};
	}

	/**
	 * Has a call made after the commit.
	 */
	public void afterCommit(String description, Runnable action) {
		this.transaction.afterCommit(new DeferredCall(description, action));
	}

	/**
	 * Does something immediately, or after the commit.
	 * @param call what is called
	 * @param description with all that is needed to make the call again
	 */
	public void act(String call, Supplier<String> description, Runnable action) {
		if (defers(call, false)) {
			afterCommit(description.get(), action);
		}
		else {
			action.run();
		}
	}

}
