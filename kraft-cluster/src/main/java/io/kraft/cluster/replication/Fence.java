package io.kraft.cluster.replication;

/**
 * Which ownership an entry is from. Each replica holds the fence of the present ownership
 * in a register; entries of another one write nothing, on all replicas alike.
 *
 * @param term in which the owner leads, at least 0
 * @param opening counts the ownerships of that term, from 1 on; 0 in {@link #NONE} only
 */
public record Fence(long term, long opening) implements Comparable<Fence> {

	/** Of a partition that never had an owner. */
	public static final Fence NONE = new Fence(0, 0);

	public Fence {
		if (term < 0 || opening < 0) {
			throw new IllegalArgumentException("a fence has no negative part, but was " + term + ", " + opening);
		}
	}

	/**
	 * The fence of the next ownership in a term: also behind what the register holds.
	 * @param register of the replica
	 * @param tried the last one that this leader has proposed, whatever became of it
	 */
	public static Fence next(long term, Fence register, Fence tried) {
		long opening = 0;
		for (Fence used : new Fence[] { register, tried }) {
			if (used.term == term) {
				opening = Math.max(opening, used.opening);
			}
		}
		return new Fence(term, opening + 1);
	}

	/** By term, then by opening. */
	@Override
	public int compareTo(Fence other) {
		int terms = Long.compare(this.term, other.term);
		return (terms != 0) ? terms : Long.compare(this.opening, other.opening);
	}

}
