package io.kraft.engine.run;

import io.kraft.engine.memory.ByteBudget;

/**
 * The memory for what is read from the disk that the partitions of a node share.
 *
 * @param loadedJournals for journals that were not replayed yet
 * @param loadedInboxes for messages that runs have not taken yet
 * @param shownJournals for journals that are shown to people
 */
public record SharedMemory(ByteBudget loadedJournals, ByteBudget loadedInboxes, ByteBudget shownJournals) {

	/**
	 * Of which nothing is taken.
	 */
	public static SharedMemory of(MemoryBounds bounds) {
		return new SharedMemory(new ByteBudget(bounds.loadedJournals()), new ByteBudget(bounds.loadedInboxes()),
				new ByteBudget(bounds.loadedJournals()));
	}

}
