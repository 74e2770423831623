package io.kraft.cluster.replication;

/**
 * What became of an entry at a replica. It is the same at all of them, but for those that
 * skip it because they have it.
 */
public enum EntryResult {

	/** It was written. */
	APPLIED,

	/** It is of an ownership that is over, and wrote nothing. */
	STALE,

	/** The replica had applied it before. */
	SKIPPED

}
