package io.kraft.engine.interleaving;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.kraft.client.ResultTimeoutException;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.reliability.Tally;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import io.kraft.engine.testing.InFlight;
import io.kraft.engine.testing.Invariants;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.engine.timer.SystemScheduler;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operators who meet runs at a random moment, with a real disk and the system's clock,
 * nothing held. Some seconds each; more by {@code -Dkraft.test.natural.rounds}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class NaturalRaceTests {

	private static final int ROUNDS = Integer.getInteger("kraft.test.natural.rounds", 200);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine();

	private final SystemScheduler scheduler = new SystemScheduler(InstantSource.system());

	/** How many steps were entered since, of each run that was terminated. */
	private final Map<String, AtomicInteger> terminated = new ConcurrentHashMap<>();

	private final Queue<String> faults = new ConcurrentLinkedQueue<>();

	private final Random random = new Random(1);

	@TempDir
	private Path directory;

	private volatile InFlight work = new InFlight();

	private @Nullable Store store;

	@AfterEach
	void close() {
		this.engine.engine().close();
		this.scheduler.close();
	}

	private void start(int parked) {
		this.engine.with((builder) -> builder.store(() -> {
			Store opened = RocksDbStore.open(new RocksDbOptions(this.directory, true));
			this.store = opened;
			return opened;
		})
			.clock(InstantSource.system())
			.scheduler(this.scheduler)
			.workInFlight(() -> this.work = new InFlight())
			.maxParkedWorkflows(parked));
		this.engine.start();
	}

	private void enter(String id) {
		AtomicInteger entered = this.terminated.get(id);
		// One was perhaps about to be when the termination was acknowledged.
		if (entered != null && entered.incrementAndGet() == 2) {
			this.faults.add("steps of '" + id + "' were entered after its termination");
		}
	}

	private String work(String name) {
		String id = this.workflow.workflowId();
		return this.engine.step(name, String.class, () -> {
			enter(id);
			return name;
		});
	}

	@Proves(fault = "A run is terminated while it continues as new (natural, with fsync)",
			promise = "It does not continue, and has an end")
	@Test
	void aRunThatContinuesAsNewForEverEndsWhenItIsTerminated() {
		this.engine.workflow("endless", String.class, (argument) -> {
			work("step");
			return this.workflow.continueAsNew(argument);
		});
		start(100);

		terminateMany("endless", 10_000_000, 17_000_000);

		check();
	}

	@Proves(fault = "A run is terminated while it is unloaded (natural, with fsync)",
			promise = "It does not continue, and has an end")
	@Test
	void aRunThatIsUnloadedAllTheTimeEndsWhenItIsTerminated() {
		this.engine.workflow("sleeper", String.class, (argument) -> {
			while (true) {
				work("step");
				this.workflow.sleep(Duration.ofMillis(1));
			}
		});
		start(0);

		terminateMany("sleeper", 5_000_000, 17_000_000);

		check();
	}

	@Proves(fault = "A parent is terminated while it starts children (natural, with fsync)",
			promise = "No child runs that is not stored")
	@Test
	void noChildIsLeftOfAParentThatIsTerminatedWhileItStartsOne() {
		Set<String> entered = ConcurrentHashMap.newKeySet();
		ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
				MethodSignature.of(String.class, String.class), (arguments) -> {
					entered.add(this.workflow.workflowId());
					return "child";
				});
		this.engine.workflow("parent", String.class, (argument) -> {
			while (true) {
				child.call("x");
			}
		});
		start(100);

		terminateMany("parent", 5_000_000, 12_000_000);

		Set<String> known = ConcurrentHashMap.newKeySet();
		rows().forEach((row) -> known.add(row.id()));
		entered.removeAll(known);
		assertThat(entered).as("children that were entered and have no row").isEmpty();
		check();
	}

	private void terminateMany(String name, long minNanos, long maxNanos) {
		for (int round = 0; round < ROUNDS; round++) {
			String id = name + "-" + round;
			WorkflowHandle<?> run = this.engine.client().start(name, StartOptions.defaults().id(id), "x");
			LockSupport.parkNanos(this.random.nextLong(minNanos, maxNanos));
			this.engine.client().terminate(id);
			this.terminated.put(id, new AtomicInteger());
			try {
				run.result(PATIENCE);
				this.faults.add("'" + id + "' has a result");
			}
			catch (WorkflowCancelledException ex) {
				// It was terminated.
			}
			catch (ResultTimeoutException ex) {
				this.faults.add("the result of '" + id + "' does not come");
			}
			catch (KraftException ex) {
				this.faults.add("the result of '" + id + "' is " + ex.getMessage());
			}
			if (this.faults.size() > 2) {
				return;
			}
		}
	}

	private void check() {
		assertThat(this.faults).as("what went against the promises").isEmpty();
		assertThat(this.work.awaitQuiescence(PATIENCE)).as("the engine becomes quiescent").isTrue();
		assertThat(rows())
			.allSatisfy((row) -> assertThat(row.status()).isIn(WorkflowStatus.TERMINATED, WorkflowStatus.COMPLETED));
		Invariants.check(store());
		this.engine.engine().stop();
		this.engine.start();
		assertThat(this.work.awaitQuiescence(PATIENCE)).as("the engine becomes quiescent again").isTrue();
		Tally.report(ROUNDS, "rounds");
		Invariants.check(store());
		assertThat(this.faults).as("what went against the promises").isEmpty();
	}

	private List<RunRow> rows() {
		List<RunRow> rows = new ArrayList<>();
		for (var slice = store().runs(RunFilter.ALL, Long.MAX_VALUE, 1000);; slice = store().runs(RunFilter.ALL,
				slice.nextBefore(), 1000)) {
			rows.addAll(slice.rows());
			if (slice.nextBefore() == 0) {
				return rows;
			}
		}
	}

	private Store store() {
		return Objects.requireNonNull(this.store);
	}

}
