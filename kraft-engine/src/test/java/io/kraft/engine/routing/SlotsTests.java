package io.kraft.engine.routing;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SlotsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                          | 0
			a                           | 3823
			order-1                     | 4086
			order-2                     | 3558
			ä€😀                        | 2801
			report@2026-01-01T00:10:00Z | 2255""")
	void theSlotOfAnIdNeverChanges(String id, int slot) {
		assertThat(Slots.of(id)).isEqualTo(slot);
	}

	@Test
	void theSlotsOfNamesNeverChange() {
		assertThat(Slots.of("x".repeat(512))).isEqualTo(2867);
		assertThat(Slots.ofSchedule("report")).isEqualTo(1793);
	}

	@Test
	void idsThatDifferInANumberAreSpreadOverAllSlots() {
		int[] ids = new int[Slots.COUNT];
		IntStream.range(0, 100 * Slots.COUNT).forEach((number) -> ids[Slots.of("order-" + number)]++);

		assertThat(IntStream.of(ids).boxed()).allMatch((count) -> count > 50 && count < 150);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 6, 7, 100, 4096 })
	void partitionsHaveNeighbouringSlotsAndAsManyAsTheOthers(int partitions) {
		PartitionMap map = new PartitionMap(partitions);
		int[] slots = new int[partitions];
		int before = 0;
		for (int slot = 0; slot < Slots.COUNT; slot++) {
			int partition = map.ofSlot(slot);
			assertThat(partition).isBetween(before, before + 1);
			slots[partition]++;
			before = partition;
		}

		int fewest = Slots.COUNT / partitions;
		assertThat(IntStream.of(slots).boxed()).allMatch((count) -> count == fewest || count == fewest + 1);
	}

	@Test
	void theOnlyPartitionHasEveryId() {
		assertThat(PartitionMap.SOLE.of("order-1")).isZero();
		assertThat(PartitionMap.SOLE.ofSchedule("report")).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 4097 })
	void thereIsAtLeastOnePartitionAndNoMoreThanSlots(int partitions) {
		assertThatIllegalArgumentException().isThrownBy(() -> new PartitionMap(partitions))
			.withMessageContaining("1 to 4096")
			.withMessageContaining(Integer.toString(partitions));
	}

}
