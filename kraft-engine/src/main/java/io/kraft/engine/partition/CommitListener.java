package io.kraft.engine.partition;

import java.util.List;

import io.kraft.engine.store.Change;

/**
 * Is told what has become durable.
 */
public interface CommitListener {

	/**
	 * Called for each batch that is durable, before those who wait for it go on, in order
	 * and on the committer's thread. Must not block: everybody waits. What it throws is
	 * logged, and changes nothing about the batch.
	 */
	void committed(Batch batch);

	/**
	 * What was written at once.
	 *
	 * @param changes in order; not to be changed
	 * @param commits how many shared the write, at least 1
	 * @param sizeBytes about how large it was
	 * @param nanos how long the write took, fsync included
	 */
	record Batch(List<Change> changes, int commits, int sizeBytes, long nanos) {
	}

}
