package io.kraft.engine.partition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.workflow.KraftException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who is told of what has become durable has no say in it.
 */
class CommitListenerTests {

	private final MemoryMedium medium = new MemoryMedium();

	private final List<KraftException> failures = new ArrayList<>();

	@Test
	void aCommitThatIsDurableHasNotFailedWhateverItsListenerThrows() {
		Partition partition = Partition.open(this.medium.open(), (batch) -> {
			throw new OutOfMemoryError("no more threads");
		}, this.failures::add);

		partition.submit(List.of(new Change.RunChanged(null, run(1)))).await();
		partition.submit(List.of(new Change.RunChanged(null, run(2)))).await();

		assertThat(this.failures).isEmpty();
		assertThat(partition.store().highestRun()).isEqualTo(2);
		partition.close();
	}

	@Test
	void aCommitThatFailsIsToldToNobodyAndLeavesNoLag() {
		List<CommitListener.Batch> told = new ArrayList<>();
		Partition partition = Partition.open(this.medium.open(), told::add, this.failures::add);
		this.medium.failWrites();

		assertThatExceptionOfType(KraftException.class)
			.isThrownBy(() -> partition.submit(List.of(new Change.RunChanged(null, run(1)))).await());

		assertThat(told).isEmpty();
		assertThat(partition.commitLag()).isZero();
	}

	private static RunRow run(long number) {
		return RunRow.pending(number, "run-" + number, "order", 1, Map.of(), Instant.EPOCH);
	}

}
