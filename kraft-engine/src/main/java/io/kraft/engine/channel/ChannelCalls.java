package io.kraft.engine.channel;

import java.util.List;

import io.kraft.engine.store.OutboxEntry;

/**
 * Calls the other ends of channels, wherever they are. Thread-safe.
 */
public interface ChannelCalls {

	/**
	 * Hands a batch over to the partition that it is for.
	 * @param target number of that partition
	 * @param source number of the sender's
	 * @param rows consecutive ones
	 * @return sequence of the last row of the source that the target has taken, durably
	 * @throws io.kraft.workflow.KraftException if it is not reached, or stands still
	 */
	long take(int target, int source, List<OutboxEntry> rows);

}
