package io.kraft.engine.store.kv;

/**
 * The orders of keys that a medium keeps apart. The names are written to media: never
 * change one.
 */
public enum Keyspace {

	/** Format version, epoch, highest run number; the rows of schedules. */
	META,

	/** Run number and sequence to entry. */
	JOURNAL,

	/** Run number to row. */
	RUNS,

	/** Due time, run number and position; no values. */
	TIMERS,

	/** What runs are found by, and their number; no values. */
	INDEX,

	/** Messages in inboxes, and what runs have published. */
	MESSAGES

}
