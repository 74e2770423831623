package io.kraft.engine.store;

import org.jspecify.annotations.Nullable;

/**
 * Another owner has claimed the store: nothing was applied, and the caller must stop its
 * runs without recording anything.
 */
public final class StaleEpochException extends StorageException {

	private static final long serialVersionUID = 1L;

	public StaleEpochException(long epoch, long current) {
		super(STALE_EPOCH,
				"a commit of epoch " + epoch + " was refused, because the store is owned by epoch " + current
						+ ". Another engine has taken over; this one stops. See docs/reference/errors.md#kraft-4006",
				null);
		keep("expected", epoch);
		keep("found", current);
	}

	/**
	 * The owner cannot be certain that it still is.
	 * @param partition its number
	 */
	public StaleEpochException(int partition, long epoch) {
		super(STALE_EPOCH, "epoch " + epoch + " of partition " + partition + " may be over: another node may own it. "
				+ "Nothing begins here that has an effect. See docs/reference/errors.md#kraft-4006", null);
		keep("partition", partition);
		keep("expected", epoch);
	}

	/**
	 * The ownership of a replicated partition is over.
	 * @param partition its number
	 * @param ownership which one of that partition
	 * @param how it was noticed
	 */
	public StaleEpochException(int partition, String ownership, String how, @Nullable Throwable cause) {
		super(STALE_EPOCH, "the ownership of partition " + partition + " (" + ownership + ") is over: " + how
				+ ". Its next owner continues its runs. See docs/reference/errors.md#kraft-4006", cause);
		keep("partition", partition);
	}

}
