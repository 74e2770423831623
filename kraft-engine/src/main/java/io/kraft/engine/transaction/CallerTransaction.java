package io.kraft.engine.transaction;

/**
 * Reports the transaction in which the calling thread is; an extension point for the
 * transactions of an application, of which the engine knows nothing itself. Thread-safe.
 */
public interface CallerTransaction {

	/** There are no transactions. */
	CallerTransaction NONE = new CallerTransaction() {

		@Override
		public State state() {
			return State.NONE;
		}

		@Override
		public void afterCommit(DeferredCall call) {
			throw new IllegalStateException("There is no transaction to wait for: " + call);
		}

	};

	/**
	 * The calling thread's transaction.
	 */
	State state();

	/**
	 * Has a call made after the commit of the calling thread's transaction, in the order
	 * in which the calls come, and never when it is rolled back. Called in state
	 * {@link State#OPEN} only.
	 */
	void afterCommit(DeferredCall call);

	/**
	 * What a call meets.
	 */
	enum State {

		/** No transaction. */
		NONE,

		/** One whose end is still to come: what is called waits for its commit. */
		OPEN,

		/** As {@link #OPEN}, but what is called is refused. */
		CLOSED,

		/**
		 * One that was committed or rolled back, and whose resources, such as its
		 * connection, are still held: what is called is done, but nothing is waited for.
		 */
		ENDING

	}

}
