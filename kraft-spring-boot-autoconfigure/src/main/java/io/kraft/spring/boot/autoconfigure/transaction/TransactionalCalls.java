package io.kraft.spring.boot.autoconfigure.transaction;

/**
 * How starts, enqueues, signals, completions and cancellations behave inside a
 * transaction.
 */
public enum TransactionalCalls {

	/** They wait for its commit; nothing is done when it is rolled back. */
	ON_COMMIT,

	/** They are made immediately, whatever the outcome of the transaction. */
	IMMEDIATE,

	/** They are refused. */
	REFUSE

}
