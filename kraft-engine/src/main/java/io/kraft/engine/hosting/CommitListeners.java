package io.kraft.engine.hosting;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kraft.engine.partition.CommitListener;

/**
 * Those who are notified of what has become durable, in the order in which they were
 * added. Thread-safe.
 */
final class CommitListeners implements CommitListener {

	private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();

	void add(CommitListener listener) {
		this.listeners.add(listener);
	}

	@Override
	public void committed(Batch batch) {
		for (CommitListener listener : this.listeners) {
			listener.committed(batch);
		}
	}

}
