package io.kraft.spring.boot.autoconfigure.transaction;

import io.kraft.engine.transaction.CallerTransaction;
import io.kraft.engine.transaction.DeferredCall;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transaction that Spring has bound to the calling thread. Reactive ones are bound to
 * no thread and not seen.
 */
public final class SpringTransaction implements CallerTransaction {

	private final boolean refuses;

	/**
	 * Transactions of an application.
	 * @param calls not {@link TransactionalCalls#IMMEDIATE}, for which there is
	 * {@link CallerTransaction#NONE}
	 */
	public SpringTransaction(TransactionalCalls calls) {
		this.refuses = calls == TransactionalCalls.REFUSE;
	}

	@Override
	public State state() {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			return State.NONE;
		}
		// Callbacks after the end, such as listeners of the phase AFTER_COMMIT, come too
		// late to register others, while the connection is still bound.
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			return State.ENDING;
		}
		return this.refuses ? State.CLOSED : State.OPEN;
	}

	@Override
	public void afterCommit(DeferredCall call) {
		CallsAfterCommit calls = (CallsAfterCommit) TransactionSynchronizationManager.getResource(this);
		if (calls == null) {
			calls = new CallsAfterCommit(this);
			TransactionSynchronizationManager.bindResource(this, calls);
			TransactionSynchronizationManager.registerSynchronization(calls);
		}
		calls.add(call);
	}

}
