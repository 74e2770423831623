package io.kraft.engine.memory;

/**
 * What one run's journal takes of the memory for journals: from its reading until the run
 * has replayed it, waits or leaves memory. Thread-safe.
 */
public final class JournalShare {

	/** What the objects of an entry take besides its bytes, about. */
	private static final int ENTRY_OVERHEAD = 256;

	private final ByteBudget journals;

	private long size;

	private long entryBytes;

	private long held;

	private boolean fits = true;

	/**
	 * The share of a run whose journal is about to be read.
	 * @param journals how many bytes of journals that were not replayed yet are in
	 * memory, over all runs
	 */
	public JournalShare(ByteBudget journals) {
		this.journals = journals;
	}

	/**
	 * How much an entry takes.
	 * @param length of the encoded entry
	 */
	public static long cost(int length) {
		return (long) length + ENTRY_OVERHEAD;
	}

	/**
	 * Takes memory for an entry.
	 * @param length of the encoded entry
	 * @return false if the journal does not fit: then none of it is to be kept, and no
	 * memory is held; its size is still measured
	 */
	public synchronized boolean take(int length) {
		long cost = cost(length);
		this.size += cost;
		this.entryBytes += length;
		if (this.fits && this.journals.tryTake(cost)) {
			this.held += cost;
			return true;
		}
		this.fits = false;
		giveBackAll();
		return false;
	}

	/**
	 * Whether the journal fits as far as it was read.
	 */
	public synchronized boolean fits() {
		return this.fits;
	}

	/**
	 * How many bytes the journal takes as far as it was read, whether it fits or not.
	 */
	public synchronized long size() {
		return this.size;
	}

	/**
	 * How many bytes the encoded entries have that were read.
	 */
	public synchronized long entryBytes() {
		return this.entryBytes;
	}

	/**
	 * Whether the journal would not fit if it were alone in memory.
	 */
	public boolean isTooLarge() {
		return size() > this.journals.limit();
	}

	/**
	 * Gives a part back.
	 */
	public synchronized void giveBack(long bytes) {
		long part = Math.min(bytes, this.held);
		if (part > 0) {
			this.held -= part;
			this.journals.giveBack(part);
		}
	}

	/**
	 * Gives back all that is still held.
	 */
	public synchronized void giveBackAll() {
		giveBack(this.held);
	}

}
