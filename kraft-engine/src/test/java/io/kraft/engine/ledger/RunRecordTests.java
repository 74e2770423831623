package io.kraft.engine.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.state.Transition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.memory.MemoryMedium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RunRecordTests {

	private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

	private static final RunRow PENDING = RunRow.pending(1, "order-1", "order", 1, Map.of(), NOON);

	private final Partition partition = Partition.open(new MemoryMedium().open(), (batch) -> {
	}, (failure) -> {
	});

	private final RunLedger ledger = new RunLedger(this.partition);

	@BeforeEach
	void run() {
		this.partition.submit(List.of(new Change.RunChanged(null, PENDING))).await();
	}

	@AfterEach
	void close() {
		this.partition.close();
	}

	@Test
	void whatTheTableDoesNotHaveIsNotCommitted() {
		RunRow ended = PENDING.ended(WorkflowStatus.COMPLETED, null, NOON, null);

		assertThatExceptionOfType(IllegalTransitionException.class)
			.isThrownBy(() -> commit(RunChange.to(Transition.RETRY, ended)));

		assertThat(this.partition.store().run(1)).contains(PENDING);
	}

	@Test
	void aRowIsNotCommittedThatWasMadeOfAnother() {
		RunRow later = PENDING.running(NOON).pending();

		assertThatExceptionOfType(IllegalTransitionException.class)
			.isThrownBy(() -> commit(RunChange.to(Transition.RESUME, later)));

		assertThat(this.partition.store().run(1)).contains(PENDING);
	}

	private void commit(RunChange change) {
		this.ledger.decide(1, (record) -> record.commit(change)).await();
	}

}
