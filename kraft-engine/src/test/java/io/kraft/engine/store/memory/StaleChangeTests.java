package io.kraft.engine.store.memory;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StaleChangeException;
import io.kraft.engine.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StaleChangeTests {

	private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

	private static final RunRow PENDING = RunRow.pending(1, "order-1", "order", 1, Map.of(), NOON);

	private static final RunRow RUNNING = PENDING.running(NOON);

	private final Store store = new MemoryMedium().open();

	@BeforeEach
	void run() {
		this.store.claim(1);
		this.store.commit(1, List.of(new Change.RunChanged(null, PENDING), new Change.RunChanged(PENDING, RUNNING)));
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	@Test
	void nothingOfACommitIsWrittenThatWasDecidedOnAnotherRevision() {
		RunRow ended = PENDING.ended(WorkflowStatus.TERMINATED, null, NOON, null);

		assertThatExceptionOfType(StaleChangeException.class)
			.isThrownBy(() -> this.store.commit(1,
					List.of(new Change.EntryAppended(1, 0, new byte[] { 1 }), new Change.RunChanged(PENDING, ended))))
			.withMessageContaining("was decided on revision 0")
			.withMessageContaining("the store holds revision 1");

		assertThat(this.store.run(1)).contains(RUNNING);
		assertThat(this.store.journalLength(1)).isZero();
	}

	@Test
	void aRunIsNotRemovedThatHasChangedMeanwhile() {
		assertThatExceptionOfType(StaleChangeException.class)
			.isThrownBy(() -> this.store.commit(1, List.of(new Change.RunRemoved(PENDING, 0))));

		assertThat(this.store.run(1)).contains(RUNNING);
	}

}
