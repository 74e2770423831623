package io.kraft.engine.store;

/**
 * Which one of how many partitions a store is. Fixed when the store is made: what is in
 * it depends on both.
 *
 * @param partition its number, from 0 on
 * @param partitions how many there are
 */
public record StoreIdentity(int partition, int partitions) {

	/** Of the only partition, whose store holds no identity. */
	public static final StoreIdentity SOLE = new StoreIdentity(0, 1);

	public StoreIdentity {
		if (partition < 0 || partition >= partitions) {
			throw new IllegalArgumentException("there is no partition " + partition + " of " + partitions);
		}
	}

	/**
	 * Whether it is the only one.
	 */
	public boolean isSole() {
		return this.partitions == 1;
	}

	@Override
	public String toString() {
		return isSole() ? "the only partition" : "partition " + this.partition + " of " + this.partitions;
	}

}
