package io.kraft.cluster.replication;

/**
 * A place in a replicated log.
 *
 * @param term in which the entry there was proposed
 * @param index of the entry, from 0 on; -1 in {@link #START} only
 */
public record LogPosition(long term, long index) {

	/** Before the first entry. */
	public static final LogPosition START = new LogPosition(0, -1);

}
