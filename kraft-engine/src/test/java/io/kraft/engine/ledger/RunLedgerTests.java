package io.kraft.engine.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.partition.RefusedRun;
import io.kraft.engine.state.Transition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StaleChangeException;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.testing.HoldingStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Decisions about runs, against what is on its way to the disk.
 */
class RunLedgerTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final RunRow PENDING = RunRow.pending(1, "order-1", "order", 1, Map.of(), NOON);

	private final HoldingStore store = new HoldingStore(new MemoryMedium().open(),
			(change) -> change instanceof Change.RunChanged changed
					&& changed.after().status() == WorkflowStatus.PAUSED);

	private final Partition partition = Partition.open(this.store, (batch) -> {
	}, (failure) -> {
	});

	private final RunLedger ledger = new RunLedger(this.partition);

	@AfterEach
	void close() {
		this.store.release();
		this.partition.close();
	}

	private void create() {
		this.partition.submit(List.of(new Change.RunChanged(null, PENDING))).await();
	}

	private Commit to(Transition transition, UnaryOperator<RunRow> after) {
		return this.ledger.decide(1,
				(record) -> record.commit(RunChange.to(transition, after.apply(Objects.requireNonNull(record.row())))));
	}

	@Test
	void aDecisionSeesWhatIsOnItsWayToTheDisk() throws InterruptedException {
		create();
		Commit held = to(Transition.PAUSE, (row) -> row.paused("why"));
		this.store.awaitReached();

		RunRow seen = this.ledger.<RunRow>decide(1, (record) -> Objects.requireNonNull(record.row()));

		assertThat(held.isDurable()).isFalse();
		assertThat(seen.status()).isEqualTo(WorkflowStatus.PAUSED);
		assertThat(this.store.run(1)).map(RunRow::status).contains(WorkflowStatus.PENDING);
	}

	@Test
	void aTransitionThatTheTableDoesNotHaveWritesNothing() {
		create();

		assertThatExceptionOfType(IllegalTransitionException.class)
			.isThrownBy(() -> to(Transition.RETRY, RunRow::pending))
			.withMessageContaining("RETRY from PENDING");

		assertThat(this.store.run(1)).contains(PENDING);
	}

	@Test
	void aDecisionThatAwaitsTheDiskGoesOnWhenAllThatWasHandedOverIsDurable() throws InterruptedException {
		create();
		Commit held = to(Transition.PAUSE, (row) -> row.paused("why"));
		this.store.awaitReached();
		List<Boolean> durable = new CopyOnWriteArrayList<>();
		Thread second = Thread.ofPlatform().start(() -> this.ledger.decide(1, (record) -> {
			record.awaitDurable();
			return durable.add(held.isDurable());
		}));

		await().until(() -> second.getState() == Thread.State.WAITING || !second.isAlive());
		this.store.release();
		second.join();

		assertThat(durable).containsExactly(true);
	}

	@Test
	void aDecisionAboutARunWaitsForTheOneThatIsUnderWay() throws InterruptedException {
		create();
		List<String> order = new CopyOnWriteArrayList<>();
		Thread second = Thread.ofPlatform().unstarted(() -> this.ledger.decide(1, (record) -> order.add("second")));

		this.ledger.decide(1, (record) -> {
			second.start();
			await().until(() -> second.getState() == Thread.State.WAITING || !second.isAlive());
			return order.add("first");
		});
		second.join();

		assertThat(order).containsExactly("first", "second");
	}

	@Test
	void aRowThatIsNotMadeFromTheLatestOneIsRefused() {
		create();
		to(Transition.TERMINATE, (row) -> row.ended(WorkflowStatus.TERMINATED, null, NOON, null)).await();

		assertThatExceptionOfType(IllegalTransitionException.class)
			.isThrownBy(() -> to(Transition.REMOVE, (row) -> PENDING.pending()));
	}

	@Test
	void aRemovalInFlightIsARunThatIsNoMore() {
		create();
		to(Transition.TERMINATE, (row) -> row.ended(WorkflowStatus.TERMINATED, null, NOON, null));
		this.ledger.decide(1, (record) -> record.commit(RunChange.removal()));

		assertThat(this.ledger.<Boolean>decide(1, (record) -> record.row() == null)).isTrue();
	}

	@Test
	void aWriterWhoseRunIsTakenOverIsTold() {
		create();
		List<String> told = new ArrayList<>();
		this.ledger.decide(1, (record) -> {
			record.measureJournal();
			record.attach(() -> told.add("taken over"));
			return record;
		});

		this.ledger.decide(1, (record) -> {
			record.takeOver();
			return record;
		});

		assertThat(told).containsExactly("taken over");
		assertThat(this.ledger.<Boolean>decide(1, (record) -> record.writer() == null)).isTrue();
	}

	@Test
	void nothingIsHeldOfRunsThatNobodyHasToDoWith() {
		create();
		to(Transition.TERMINATE, (row) -> row.ended(WorkflowStatus.TERMINATED, null, NOON, null)).await();
		this.ledger.decide(2, (record) -> record.row() == null);

		assertThat(this.ledger.size()).isZero();
	}

	@Test
	void decisionsAboutSeveralRunsDoNotWaitForEachOtherInACircle() {
		List<CompletableFuture<Void>> deciders = new ArrayList<>();
		for (List<Long> runs : List.of(List.of(1L, 2L), List.of(2L, 1L), List.of(2L, 3L, 1L))) {
			deciders.add(CompletableFuture.runAsync(() -> {
				for (int i = 0; i < 2_000; i++) {
					this.ledger.decide(runs, (records) -> records.size());
				}
			}));
		}

		assertThat(CompletableFuture.allOf(deciders.toArray(CompletableFuture[]::new)))
			.succeedsWithin(Duration.ofSeconds(30));
	}

	@Test
	void aChangeThatGoesPastTheLedgerIsRefusedAndThoseBesideItAreNot() {
		create();
		List<RefusedRun> refused = new CopyOnWriteArrayList<>();
		this.partition.whenRefused(refused::add);
		RunRow other = RunRow.pending(2, "order-2", "order", 1, Map.of(), NOON);
		RunRow first = PENDING.running(NOON);
		Commit good = this.partition.submit(List.of(new Change.RunChanged(PENDING, first)));
		Commit stale = this.partition
			.submit(List.of(new Change.RunChanged(PENDING, PENDING.suspended(null, 0, "late"))));
		Commit beside = this.partition.submit(List.of(new Change.RunChanged(null, other)));

		good.await();
		beside.await();
		assertThatExceptionOfType(StaleChangeException.class).isThrownBy(stale::await)
			.withMessageStartingWith("KRAFT-4012: ")
			.satisfies((ex) -> assertThat(ex.run()).isEqualTo(1));
		assertThat(this.store.run(1)).contains(first);
		assertThat(this.store.run(2)).contains(other);
		assertThat(refused).hasSize(1);
	}

}
