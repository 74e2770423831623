package io.kraft.engine.store;

/**
 * A row of a channel between partitions was not the next one: rows before it are missing,
 * it was taken already, or one was to be removed that was never sent. Nothing of its
 * commit was written. Retrying does not help; the channel stands still, and nothing is
 * lost or taken twice.
 */
public final class ChannelOrderException extends RefusedChangeException {

	/** The code of this exception. */
	public static final String CODE = "KRAFT-4016";

	private static final long serialVersionUID = 1L;

	private ChannelOrderException(String channel, String expected, long found) {
		super(CODE,
				"the channel " + channel + " is out of order: expected is " + expected + ", but found is row " + found
						+ ". Nothing was written. Was one of the two restored from a backup without the other? "
						+ "See docs/reference/errors.md#kraft-4016");
		keep("channel", channel);
		keep("expected", expected);
		keep("found", found);
	}

	/**
	 * A row was to be taken that does not follow the last one.
	 * @param source number of the sender's partition
	 * @param expected sequence of the row that is next
	 * @param found sequence of the row that came
	 */
	public static ChannelOrderException taken(int source, long expected, long found) {
		return new ChannelOrderException("from partition " + source, "row " + expected, found);
	}

	/**
	 * A row was to be removed that was never sent.
	 * @param target number of the receiver's partition
	 * @param last sequence that was given
	 * @param found sequence up to which rows were to be removed
	 */
	public static ChannelOrderException removed(int target, long last, long found) {
		return new ChannelOrderException("to partition " + target, "at most row " + last, found);
	}

	/**
	 * A row is missing among those that are to be sent.
	 * @param target number of the receiver's partition
	 * @param expected sequence of the row that is next
	 * @param found sequence of the row that was found; 0 if none was
	 */
	public static ChannelOrderException sent(int target, long expected, long found) {
		return new ChannelOrderException("to partition " + target, "row " + expected, found);
	}

	/**
	 * The receiver has taken other rows than can be.
	 * @param target number of the receiver's partition
	 * @param least sequence that it has acknowledged before
	 * @param last sequence that was given
	 * @param found sequence of the last row that it has taken
	 */
	public static ChannelOrderException acknowledged(int target, long least, long last, long found) {
		return new ChannelOrderException("to partition " + target,
				"that rows up to one of " + least + " to " + last + " were taken", found);
	}

}
