package io.kraft.engine.schedule;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.OverloadedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.HostAccess;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a schedule learns of a run whose partition is not there: that it is to ask again.
 */
class FireTimeRunsTests {

	private static final Instant FIRE_TIME = Instant.parse("2026-01-01T00:10:00Z");

	private final WorkflowDefinition report = WorkflowDefinition.of("report",
			MethodSignature.of(int.class, Instant.class), (at) -> 1);

	private final TestEngine engine = new TestEngine().workflow(this.report).start();

	private final Execution execution = HostAccess.of(this.engine.engine()).at(0).execution();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aPartitionThatIsMissingIsAskedAgain() {
		FireTimeRuns runs = runs(new EngineStoppedException("partition 1 is not hosted here"), false);

		assertThatExceptionOfType(OverloadedException.class).isThrownBy(() -> runs.isOpen(FIRE_TIME));
		assertThatExceptionOfType(OverloadedException.class).isThrownBy(() -> runs.completion(FIRE_TIME));
	}

	@Test
	void aRunThatIsNoMoreIsNotWaitedForUnlessItIsOnItsWay() {
		KraftException unknown = new WorkflowNotFoundException("unknown", null, "id");

		assertThat(runs(unknown, false).completion(FIRE_TIME)).isCompleted();
		assertThat(runs(unknown, true).completion(FIRE_TIME)).isNotDone();
	}

	private FireTimeRuns runs(KraftException failure, boolean isOnItsWay) {
		return new FireTimeRuns("report", this.report, this.execution, new Elsewhere(failure, isOnItsWay),
				this.execution.clockwork());
	}

	/** All runs are in a partition that answers with a failure. */
	private record Elsewhere(KraftException failure, boolean isOnItsWay) implements RunsElsewhere {

		@Override
		public boolean isHere(String id) {
			return false;
		}

		@Override
		public int partitionOf(String id) {
			return 1;
		}

		@Override
		public Optional<KraftException> refusal(String id, String signal, Payload payload) {
			throw new UnsupportedOperationException("a fire time signals no run");
		}

		@Override
		public Optional<RunRow> find(String id) {
			throw this.failure;
		}

		@Override
		public boolean isOnItsWay(String id) {
			return this.isOnItsWay;
		}

		@Override
		public Change added(OutboxRow row) {
			throw this.failure;
		}

		@Override
		public boolean hasRoomFor(OutboxRow row) {
			throw this.failure;
		}

		@Override
		public Runnable whenRoomFor(OutboxRow row, Runnable freed) {
			throw this.failure;
		}

		@Override
		public void retry(StartedRun run, String workflow) {
			throw this.failure;
		}

		@Override
		public void start(Call call, StartCommand command) {
			throw this.failure;
		}

		@Override
		public CompletableFuture<?> arrival(String id) {
			return new CompletableFuture<>();
		}

		@Override
		public CompletableFuture<Completion> completion(String id) {
			throw this.failure;
		}

	}

}
