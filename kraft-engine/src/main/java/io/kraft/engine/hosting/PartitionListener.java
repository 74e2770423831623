package io.kraft.engine.hosting;

import io.kraft.engine.partition.CommitListener.Batch;

/**
 * Is notified of what has become durable in the partitions of a node.
 */
public interface PartitionListener {

	/**
	 * As {@link io.kraft.engine.partition.CommitListener#committed}.
	 * @param partition its number
	 */
	void committed(int partition, Batch batch);

}
