package io.kraft.spring.boot.autoconfigure.transaction;

/**
 * What starts, enqueues, signals, completions and cancellations do that are called inside
 * a transaction.
 */
public enum TransactionalCalls {

	/** They wait for its commit; nothing is done when it is rolled back. */
	ON_COMMIT,

	/** They are done at once, whatever becomes of it. */
	IMMEDIATE,

	/** They are refused. */
	REFUSE

}
