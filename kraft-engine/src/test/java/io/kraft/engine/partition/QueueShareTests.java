package io.kraft.engine.partition;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much of the heap commits may take that wait, in all partitions together.
 */
class QueueShareTests {

	private static final long MB = 1024 * 1024;

	@Test
	void theOnlyPartitionHasWhatItHadBefore() {
		assertThat(Partition.queueBytes(4096 * MB, 1)).isEqualTo(64 * MB);
		assertThat(Partition.queueBytes(256 * MB, 1)).isEqualTo(32 * MB);
	}

	@Test
	void severalTakeNoMoreThanOne() {
		for (long heap : new long[] { 64 * MB, 96 * MB, 256 * MB, 8192 * MB }) {
			for (int partitions : new int[] { 2, 4, 6, 12, 4096 }) {
				assertThat(partitions * Partition.queueBytes(heap, partitions)).isPositive()
					.isLessThanOrEqualTo(Partition.queueBytes(heap, 1));
			}
		}
	}

}
