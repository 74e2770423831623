package io.kraft.engine.routing;

import java.util.List;

import io.kraft.client.QueueDescription;

/**
 * What callers read of the queues of a partition, and do to them.
 */
public interface QueueCommands {

	/**
	 * Those that are declared, paused, or have items here that have not ended well, in
	 * the order of their names.
	 */
	List<QueueDescription> queues(Call call);

	/**
	 * Pauses a queue in this partition; durable when it returns.
	 */
	void pauseQueue(Call call, String name);

	/**
	 * Records that a paused queue is resumed in this partition; durable when it returns.
	 * The queue is paused until it {@linkplain #resumeQueue is resumed}.
	 */
	void recordQueueResumed(Call call, String name);

	/**
	 * Resumes a queue in this partition, when that is recorded in each.
	 */
	void resumeQueue(Call call, String name);

}
