package io.kraft.engine.store;

/**
 * How far a channel to another partition has come at its sender. The rows between the two
 * wait, without a gap; so their number is known without counting.
 *
 * @param last sequence that was given; 0 if none was
 * @param removed the last sequence whose row was removed, because it was taken; 0 if none
 * was
 */
public record ChannelMark(long last, long removed) {

	/** Of a channel that was never used. */
	public static final ChannelMark NEW = new ChannelMark(0, 0);

	public ChannelMark {
		if (removed < 0 || last < removed) {
			throw new IllegalArgumentException(
					"A channel gives sequences before it removes them, but removed " + removed + " of " + last);
		}
	}

	/**
	 * How many rows wait to be taken.
	 */
	public long waiting() {
		return this.last - this.removed;
	}

	/**
	 * The mark when one more sequence was given.
	 */
	public ChannelMark given() {
		return new ChannelMark(this.last + 1, this.removed);
	}

	/**
	 * The mark when rows were removed.
	 */
	public ChannelMark removed(long upTo) {
		return new ChannelMark(this.last, upTo);
	}

}
