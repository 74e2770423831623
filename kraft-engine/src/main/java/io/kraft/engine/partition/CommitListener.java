package io.kraft.engine.partition;

import java.util.List;

import io.kraft.engine.store.Change;

/**
 * Is notified of what has become durable.
 */
public interface CommitListener {

	/**
	 * Called for each batch that is durable, before its waiters continue, in order and on
	 * the committer's thread. Must not block: all commits wait for it. What it throws is
	 * logged, and changes nothing about the batch.
	 */
	void committed(Batch batch);

	/**
	 * What was written together.
	 *
	 * @param changes in order; not to be changed
	 * @param commits how many shared the write, at least 1
	 * @param sizeBytes about how large it was
	 * @param nanos how long the write took, fsync included
	 */
	record Batch(List<Change> changes, int commits, int sizeBytes, long nanos) {
	}

}
