package io.kraft.engine.store;

import java.util.List;
import java.util.Map;

/**
 * What a store holds of the channels between its partition and others. For reading, by
 * any thread; what is committed is seen as whole commits.
 */
public interface Channels {

	/** What is sent in one batch. */
	int BATCH_ROWS = 256;

	/** What is sent in one batch, unless its first row is larger. */
	int BATCH_BYTES = 256 * 1024;

	/**
	 * The rows that wait for a partition, in the order of their sequences. The cost does
	 * not depend on how many were removed.
	 * @param target number of that partition
	 * @param after only those with a higher sequence; 0 for all
	 * @param rows most rows, at least 1
	 * @param bytes most bytes in all, but for the first row
	 */
	List<OutboxEntry> rows(int target, long after, int rows, int bytes);

	/**
	 * How far each channel to another partition has come, by the number of that
	 * partition; those that were never used are left out. The cost does not depend on the
	 * number of rows.
	 */
	Map<Integer, ChannelMark> sent();

	/**
	 * How far the channel to a partition has come.
	 */
	ChannelMark sent(int target);

	/**
	 * The sequence of the last row of another partition that was taken here; 0 if none
	 * was.
	 * @param source number of that partition
	 */
	long taken(int source);

}
