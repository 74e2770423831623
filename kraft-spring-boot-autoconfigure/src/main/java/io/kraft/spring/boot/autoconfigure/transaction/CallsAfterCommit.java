package io.kraft.spring.boot.autoconfigure.transaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kraft.engine.transaction.DeferredCall;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The calls of one transaction, in order. Made after its commit, dropped with its
 * rollback; a rollback to a savepoint drops those that came since.
 * <p>
 * They are made in {@code afterCommit}, and what is left in {@code afterCompletion}:
 * where the {@code afterCommit} of another one throws, that of this one may not be called
 * at all; and calls made by other callbacks of the commit come after it has run.
 */
final class CallsAfterCommit implements TransactionSynchronization {

	private final Object key;

	private final List<DeferredCall> calls = new ArrayList<>();

	/** How many calls there were when a savepoint was made. */
	private final Map<Object, Integer> savepoints = new HashMap<>();

	/**
	 * @param key by which it is bound to the thread
	 */
	CallsAfterCommit(Object key) {
		this.key = key;
	}

	void add(DeferredCall call) {
		this.calls.add(call);
	}

	@Override
	public void suspend() {
		TransactionSynchronizationManager.unbindResource(this.key);
	}

	@Override
	public void resume() {
		TransactionSynchronizationManager.bindResource(this.key, this);
	}

	@Override
	public void savepoint(Object savepoint) {
		this.savepoints.put(savepoint, this.calls.size());
	}

	@Override
	public void savepointRollback(Object savepoint) {
		// One that is unknown was made before the first call.
		int kept = this.savepoints.getOrDefault(savepoint, 0);
		if (kept < this.calls.size()) {
			this.calls.subList(kept, this.calls.size()).clear();
		}
	}

	@Override
	public void afterCommit() {
		makeAll();
	}

	@Override
	public void afterCompletion(int status) {
		TransactionSynchronizationManager.unbindResourceIfPossible(this.key);
		switch (status) {
			case STATUS_COMMITTED -> makeAll();
			case STATUS_ROLLED_BACK -> this.calls.clear();
			default -> this.calls.forEach(DeferredCall::giveUp);
		}
	}

	private void makeAll() {
		while (!this.calls.isEmpty()) {
			this.calls.removeFirst().make();
		}
	}

}
