package io.kraft.test.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;

import io.kraft.client.WorkflowClient;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.KraftEngineBuilder;
import io.kraft.engine.call.DurableCalls;
import io.kraft.engine.store.Store;
import io.kraft.test.call.BodyCounts;
import io.kraft.test.call.Stubs;
import io.kraft.test.call.TestCalls;
import io.kraft.test.call.TestClient;
import io.kraft.test.journal.RunText;
import io.kraft.test.store.CrashPlan;
import io.kraft.test.store.TestDisk;
import io.kraft.test.time.Quiescence;
import io.kraft.test.time.TestClock;
import io.kraft.test.time.TestRandom;
import io.kraft.test.time.TimeTravel;
import org.jspecify.annotations.Nullable;

/**
 * An engine on a test bench. It is used by one test after another; each finds an empty
 * disk, a clock at its start, and no step replaced. Thread-safe.
 * <p>
 * A crash stops the engine without a grace period: what is durable is on the disk, what
 * is not is lost, bodies are interrupted, and what they do afterwards is no longer
 * recorded. The process continues, with everything outside the engine: the fields of
 * beans too.
 */
public final class Bench implements AutoCloseable {

	private final TestDisk disk;

	private final TestClock clock = new TestClock();

	private final TestRandom random = new TestRandom();

	private final Quiescence quiescence = new Quiescence();

	private final TimeTravel time = new TimeTravel(this.clock, this.quiescence,
			() -> RunText.executing(engine().client()));

	private final Set<String> compensations = new TreeSet<>();

	private final Stubs stubs = new Stubs(this::stepNames);

	private final BodyCounts bodies = new BodyCounts();

	private final Semaphore turn = new Semaphore(1);

	private final EngineLifecycle lifecycle = new EngineLifecycle();

	private final Supervisor supervisor = new Supervisor(this.lifecycle, this.quiescence);

	private boolean configured;

	private long seed;

	private volatile @Nullable Runnable beforeScenario;

	private @Nullable TestClient client;

	/**
	 * A bench without an engine.
	 */
	public Bench(TestDisk disk) {
		this.disk = disk;
	}

	/**
	 * Registers compensations that are not steps themselves.
	 * @param names of them
	 */
	public Bench compensations(Collection<String> names) {
		this.compensations.addAll(names);
		return this;
	}

	private Set<String> stepNames() {
		Set<String> names = new TreeSet<>(this.compensations);
		names.addAll(engine().definitions().steps().names());
		return names;
	}

	/**
	 * Gives an engine the time, the random numbers and the disk of this bench.
	 */
	public void configure(KraftEngineBuilder builder) {
		this.configured = true;
		builder.stores(this.disk.partitions(), this::open)
			.clock(this.clock)
			.scheduler(this.clock)
			.random(this.random)
			.shutdownGracePeriod(Duration.ZERO)
			.workInFlight(this.quiescence::nextIncarnation);
	}

	private Store open(int partition) {
		return this.supervisor.supervised(this.disk.open(partition));
	}

	/**
	 * Puts the engine on the bench that was configured for it.
	 * @throws IllegalStateException if none was
	 */
	public void put(KraftEngine engine) {
		if (!this.configured) {
			throw new IllegalStateException("the application makes a KraftEngine of its own, which goes neither by the "
					+ "clock of the test nor by its disk. Let Kraft make it in tests, and adjust it by a "
					+ "KraftEngineBuilderCustomizer, or pass that bean's builder to the customizers of the context");
		}
		this.lifecycle.put(engine);
		this.client = new TestClient(engine.client(), this.time, this.random, this.supervisor);
	}

	/**
	 * The engine that was put on the bench.
	 */
	public KraftEngine engine() {
		return this.lifecycle.engine();
	}

	/**
	 * The client as the test, and the application in it, is to call it.
	 */
	public WorkflowClient client() {
		return testClient().proxy();
	}

	private TestClient testClient() {
		return Objects.requireNonNull(this.client, "no engine is on the bench yet");
	}

	/**
	 * The calls of annotated methods as they are to enter the engine.
	 */
	public DurableCalls calls() {
		return new TestCalls(engine().calls(), client(), this.stubs, this.bodies);
	}

	/**
	 * The clock.
	 */
	public TestClock clock() {
		return this.clock;
	}

	/**
	 * Moves the clock.
	 */
	public TimeTravel time() {
		return this.time;
	}

	/**
	 * Determines when the engine is quiescent.
	 */
	public Quiescence quiescence() {
		return this.quiescence;
	}

	/**
	 * The steps that are replaced.
	 */
	public Stubs stubs() {
		return this.stubs;
	}

	/**
	 * What was entered.
	 */
	public BodyCounts bodies() {
		return this.bodies;
	}

	/**
	 * Executes an action before each iteration of a scenario, until the end of the test.
	 */
	public void beforeScenario(Runnable action) {
		this.beforeScenario = action;
	}

	/**
	 * Begins an iteration of a scenario: over an empty disk, with the fakes reset.
	 */
	public void beginIteration(CrashPlan plan) {
		renew(plan);
		Runnable before = this.beforeScenario;
		if (before != null) {
			before.run();
		}
		this.time.awaitQuiescence();
		plan.begin();
	}

	/**
	 * A test begins. Those that share a bench take turns: this one waits for the end of
	 * the one before.
	 * @param test its name, the seed of its random numbers
	 */
	public void begin(String test) throws InterruptedException {
		this.turn.acquire();
		this.seed = test.hashCode();
		this.beforeScenario = null;
		this.stubs.clear();
		boolean begun = false;
		try {
			renew(null);
			begun = true;
		}
		finally {
			if (!begun) {
				this.turn.release();
			}
		}
	}

	/**
	 * The test is over: cuts off what still executes. Nothing runs until the next one.
	 */
	public void end() {
		try {
			crash();
		}
		finally {
			this.turn.release();
		}
	}

	/**
	 * Starts the engine over an empty disk, with everything reset.
	 * @param plan where it crashes; null if it does not
	 */
	public void renew(@Nullable CrashPlan plan) {
		this.lifecycle.renew(() -> {
			this.disk.wipe();
			this.clock.reset();
			this.time.reset();
			this.random.reset(this.seed);
			testClient().reset();
			this.bodies.clear();
			this.supervisor.expect(plan);
		});
	}

	/**
	 * Ends the engine as the death of its process would.
	 */
	public void crash() {
		this.lifecycle.crash();
	}

	/**
	 * Starts the engine over what its disk holds. Has no effect while it runs.
	 */
	public void restart() {
		this.lifecycle.restart();
	}

	/**
	 * A planned crash has come: as a supervisor would, starts the engine again. Does not
	 * block.
	 */
	public void crashed() {
		this.supervisor.crashed();
	}

	@Override
	public void close() {
		if (this.lifecycle.hasEngine()) {
			crash();
		}
		this.disk.close();
	}

}
