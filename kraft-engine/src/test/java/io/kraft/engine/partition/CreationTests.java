package io.kraft.engine.partition;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.memory.MemoryMedium;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Numbers and times of creation rise together, whatever the clock does.
 */
class CreationTests {

	private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

	private final MemoryMedium medium = new MemoryMedium();

	@Test
	void aRunIsNotOlderThanTheNewestOneAlsoWhereThatWasRemoved() {
		Partition partition = open();
		RunRow last = run(3, NOON.plusSeconds(2));
		partition.submit(List.of(new Change.RunChanged(null, run(1, NOON)))).await();
		partition.submit(List.of(new Change.RunChanged(null, run(2, NOON.plusSeconds(1))))).await();
		partition.submit(List.of(new Change.RunChanged(null, last))).await();
		partition.submit(List.of(new Change.RunRemoved(last))).await();
		partition.close();

		Partition next = open();
		Partition.Creation creation = next.nextCreation(NOON.minusSeconds(3600));

		assertThat(creation).isEqualTo(new Partition.Creation(4, NOON.plusSeconds(2)));
		next.close();
	}

	@Test
	void whatWasRemovedLaterAndIsOlderDoesNotMakeRunsOlder() {
		Partition partition = open();
		for (long number = 1; number <= 2; number++) {
			partition.submit(List.of(new Change.RunChanged(null, run(number, NOON.plusSeconds(number))))).await();
		}
		for (long number = 2; number > 0; number--) {
			partition.submit(List.of(new Change.RunRemoved(run(number, NOON.plusSeconds(number))))).await();
		}
		partition.close();

		Partition next = open();
		assertThat(next.store().lastRemovedCreation()).isEqualTo(NOON.plusSeconds(2));
		assertThat(next.nextCreation(NOON)).isEqualTo(new Partition.Creation(3, NOON.plusSeconds(2)));
		next.close();
	}

	@Test
	void aStoreOfWhichNothingWasRemovedHasTheTimeOfItsNewestRun() {
		Partition partition = open();
		partition.submit(List.of(new Change.RunChanged(null, run(1, NOON)))).await();
		partition.close();

		Partition next = open();
		assertThat(next.store().lastRemovedCreation()).isEqualTo(Instant.MIN);
		assertThat(next.nextCreation(NOON.minusSeconds(1))).isEqualTo(new Partition.Creation(2, NOON));
		next.close();
	}

	@Test
	void theFirstRunIsBornWhenTheClockSays() {
		Partition partition = open();

		assertThat(partition.nextCreation(NOON)).isEqualTo(new Partition.Creation(1, NOON));
		assertThat(partition.nextCreation(NOON.minusSeconds(1))).isEqualTo(new Partition.Creation(2, NOON));
		partition.close();
	}

	private Partition open() {
		return Partition.open(this.medium.open(), (batch) -> {
		}, (failure) -> {
		});
	}

	private static RunRow run(long number, Instant createdAt) {
		return RunRow.pending(number, "run-" + number, "order", 1, Map.of(), createdAt);
	}

}
