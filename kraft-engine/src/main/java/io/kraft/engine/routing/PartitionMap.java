package io.kraft.engine.routing;

/**
 * Which partition has which slot: each a row of neighbouring ones, as equal in length as
 * they can be. Fixed when the data is made. Immutable.
 *
 * @param partitions how many there are, 1 to 4096
 */
public record PartitionMap(int partitions) {

	/** Of one partition, which has all slots. */
	public static final PartitionMap SOLE = new PartitionMap(1);

	public PartitionMap {
		if (partitions < 1 || partitions > Slots.COUNT) {
			throw new IllegalArgumentException(
					"there are 1 to " + Slots.COUNT + " partitions, but " + partitions + " were asked for");
		}
	}

	/**
	 * Whether there is one partition only.
	 */
	public boolean isSole() {
		return this.partitions == 1;
	}

	/**
	 * The partition of a slot.
	 * @return 0 to {@code partitions() - 1}
	 */
	public int ofSlot(int slot) {
		return slot * this.partitions / Slots.COUNT;
	}

	/**
	 * The partition of a run's id.
	 */
	public int of(String id) {
		return isSole() ? 0 : ofSlot(Slots.of(id));
	}

	/**
	 * The partition that fires a schedule.
	 */
	public int ofSchedule(String name) {
		return ofSlot(Slots.ofSchedule(name));
	}

}
