package io.kraft.engine.run;

import io.kraft.engine.memory.ByteBudget;

/**
 * How much memory an execution may take for what it reads from the disk.
 *
 * @param loadedJournals most bytes of journals that are in memory and were not replayed
 * yet, over all runs, at least 1
 * @param inbox most bytes of messages that wait for one run, at least 1
 * @param loadedInboxes most bytes of messages that are in memory and were not taken by
 * their runs yet, over all runs, at least 1
 * @param wakeups about how many wake-ups wait in memory to be looked at; the others are
 * found on disk, at least 1
 */
public record MemoryBounds(long loadedJournals, long inbox, long loadedInboxes, int wakeups) {

	/** Of an inbox, by default. */
	public static final long DEFAULT_INBOX_BYTES = 16L * 1024 * 1024;

	private static final int DEFAULT_WAKEUPS = 4096;

	/**
	 * Bounds of bytes.
	 */
	public MemoryBounds(long loadedJournals, long inbox, long loadedInboxes) {
		this(loadedJournals, inbox, loadedInboxes, DEFAULT_WAKEUPS);
	}

	/**
	 * The default bounds.
	 */
	public static MemoryBounds defaults() {
		return new MemoryBounds(defaultLoadedJournals(), DEFAULT_INBOX_BYTES, defaultLoadedInboxes());
	}

	/**
	 * Of an execution whose runs only replay: however large a journal is, it is read.
	 */
	MemoryBounds ofReplay() {
		return new MemoryBounds(Long.MAX_VALUE, this.inbox, this.loadedInboxes, this.wakeups);
	}

	/**
	 * A quarter of the heap.
	 */
	public static long defaultLoadedJournals() {
		return Runtime.getRuntime().maxMemory() / 4;
	}

	/**
	 * For what runs that wait in memory hold: an eighth of the heap.
	 */
	public static ByteBudget parkedRuns() {
		return new ByteBudget(Runtime.getRuntime().maxMemory() / 8);
	}

	/**
	 * A sixteenth of the heap.
	 */
	public static long defaultLoadedInboxes() {
		return Runtime.getRuntime().maxMemory() / 16;
	}

}
