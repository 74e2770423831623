package io.kraft.engine.admission;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.QueueCatalog;
import io.kraft.engine.definition.StepCatalog;
import io.kraft.engine.definition.WorkflowCatalog;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingQueuesTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private final Store store = new MemoryMedium().open();

	private final Set<Long> inMemory = new HashSet<>();

	private PendingQueues queues = queues();

	@BeforeEach
	void own() {
		this.store.claim(1);
		this.queues = queues();
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	@Test
	void aRunThatWasFoundTwiceHasOneTurn() {
		RunRow seven = pending(7);
		this.queues.expect(seven);
		assertThat(this.queues.next()).isEqualTo(seven);
		begin(seven);

		this.queues.expect(seven);
		assertThat(this.queues.next()).as("it waits no more").isNull();
		assertThat(this.queues.mayHaveMore()).isFalse();
	}

	@Test
	void aRunThatWasFoundTwiceHoldsUpNobodyWhileItExecutes() {
		RunRow seven = pending(7);
		this.queues.expect(seven);
		assertThat(this.queues.next()).isEqualTo(seven);
		begin(seven);
		this.inMemory.add(7L);
		RunRow eight = pending(8);
		this.queues.expect(eight);
		this.queues.expect(seven);

		assertThat(this.queues.next()).isEqualTo(eight);
	}

	@Test
	void aRunThatWaitsAgainAndHasNotLeftMemoryHasItsTurnWhenItHas() {
		RunRow seven = pending(7);
		this.inMemory.add(7L);
		this.queues.expect(seven);
		assertThat(this.queues.next()).isNull();

		this.inMemory.clear();
		assertThat(this.queues.next()).isEqualTo(seven);
	}

	private PendingQueues queues() {
		StepCatalog steps = new StepCatalog(List.of());
		Definitions none = new Definitions(new WorkflowCatalog(List.of()), steps, new QueueCatalog(List.of(), steps));
		return new PendingQueues(this.store,
				new NodeLimits(none, InstantSource.fixed(NOON)).join(0, this.store, () -> true),
				(run) -> this.store.pending("order", null, 100).stream().anyMatch((row) -> row.number() == run),
				this.inMemory::contains);
	}

	private RunRow pending(long number) {
		RunRow row = RunRow.pending(number, "run-" + number, "order", 1, null, Map.of(), 0, null, NOON);
		this.store.commit(1, List.of(new Change.RunChanged(null, row)));
		return row;
	}

	private void begin(RunRow row) {
		this.store.commit(1, List.of(new Change.RunChanged(row, row.running(NOON))));
	}

}
