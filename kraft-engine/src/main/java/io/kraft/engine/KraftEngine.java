package io.kraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.StorageOperations;
import io.kraft.client.WorkflowClient;
import io.kraft.engine.EngineHealth.State;
import io.kraft.engine.call.AsyncStarts;
import io.kraft.engine.call.BlockingGuard;
import io.kraft.engine.call.DurableCalls;
import io.kraft.engine.call.EngineCalls;
import io.kraft.engine.client.EngineClient;
import io.kraft.engine.client.EngineStorage;
import io.kraft.engine.client.EventHub;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.ScheduleCatalog;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.hosting.LocalRouting;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.replay.ReplayCheck;
import io.kraft.engine.routing.Routing;
import io.kraft.engine.run.ReplayListener;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.Store;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.engine.transaction.TransactionGuard;
import io.kraft.workflow.KraftException;

/**
 * The engine: owns the journal and executes the runs. Thread-safe.
 */
public final class KraftEngine implements AutoCloseable {

	private final EngineSettings settings;

	private final Definitions definitions;

	private final ScheduleCatalog scheduleCatalog;

	private final PayloadConverter payloads;

	private final EventHub events;

	private final WorkflowClient client;

	private final StorageOperations storage;

	private final DurableCalls calls;

	private final ReplayCheck replays;

	private final ReplayOnlyEngines replayOnly;

	private final ReentrantLock lifecycle = new ReentrantLock();

	private final CurrentSession current;

	KraftEngine(EngineSettings settings, Definitions definitions, ScheduleCatalog scheduleCatalog,
			PayloadConverter payloads) {
		this.settings = settings;
		this.definitions = definitions;
		this.scheduleCatalog = scheduleCatalog;
		this.payloads = payloads;
		CurrentSession current = new CurrentSession();
		this.current = current;
		AsyncStarts asyncStarts = new AsyncStarts(settings.threads());
		BlockingGuard guard = new BlockingGuard(settings.nonBlockingThread());
		this.replayOnly = new ReplayOnlyEngines(settings, definitions, payloads);
		this.replays = new ReplayCheck(definitions, this.replayOnly);
		this.events = new EventHub(settings.clock(), settings.threads());
		TransactionGuard transactions = new TransactionGuard(settings.callerTransaction());
		Routing routing = settings.routing().apply(new LocalRouting(current));
		this.client = new EngineClient(routing, current::callingNode, this.events, asyncStarts, guard, transactions,
				(query) -> this.replays.check(stores(current), query));
		this.storage = new EngineStorage(current, settings.clock(), settings.backupTimeout(), guard);
		this.calls = new EngineCalls(routing, current::callingNode, asyncStarts, guard, transactions,
				settings.callTimeout());
	}

	private static List<Store> stores(CurrentSession current) {
		return current.all().stream().map((hosted) -> hosted.partition().store()).toList();
	}

	/**
	 * A builder with the defaults of the properties {@code kraft.*}.
	 */
	public static KraftEngineBuilder builder() {
		return new KraftEngineBuilder();
	}

	/**
	 * Opens the store, takes its ownership and continues the runs that it holds. Has no
	 * effect on an engine that runs; one that has stopped starts anew.
	 * @throws io.kraft.engine.store.StorageException if the store cannot be opened, or is
	 * to be verified and breaks a promise; the store is closed whenever this throws, so
	 * that it can be called again
	 */
	public void start() {
		this.lifecycle.lock();
		try {
			if (this.current.state() == State.RUNNING) {
				return;
			}
			stop();
			EngineSession session = open();
			try {
				start(session);
			}
			catch (Throwable ex) {
				this.current.forget();
				session.abandon(ex);
				throw ex;
			}
		}
		finally {
			this.lifecycle.unlock();
		}
	}

	private EngineSession open() {
		try {
			return EngineSession.open(this::openStore, this.settings, this.definitions, this.scheduleCatalog,
					this.payloads, this.events);
		}
		catch (Throwable ex) {
			this.current.forget();
			throw ex;
		}
	}

	private void start(EngineSession session) {
		if (this.settings.verifyOnStart() && partitionCount() > 1) {
			StoreVerification.verifyTogether(
					session.host().each().stream().map((hosted) -> hosted.partition().store()).toList(),
					this.settings.map());
		}
		this.current.begin(session);
		session.start();
		if (!this.settings.execution().onlyReplays()) {
			StartLog.log(session.host().all(), this.definitions, this.scheduleCatalog);
		}
	}

	/**
	 * An engine of the same definitions, not started, in which runs only replay: no step
	 * is entered, no schedule fires, and no run goes beyond its journal. This one need
	 * not run, and is not touched.
	 * @param store of the runs to be replayed; what is recorded there of ends and pauses
	 * reports how it went
	 * @param time does nothing of itself, so that nothing becomes due
	 * @param listener is notified where runs come to the end of their journals
	 */
	public KraftEngine replayOnly(Supplier<Store> store, ManualScheduler time, Supplier<WorkInFlight> work,
			ReplayListener listener) {
		return this.replayOnly.create(store, time, work, listener);
	}

	private Store openStore(int partition, Supplier<Store> opening) {
		Store store = opening.get();
		if (this.settings.verifyOnStart()) {
			StoreVerification.verify(store);
		}
		checkReplay(store);
		return store;
	}

	private void checkReplay(Store store) {
		try {
			this.settings.replayOnStart().check(store, this.replays);
		}
		catch (Throwable ex) {
			store.close();
			throw ex;
		}
	}

	/**
	 * Stops taking work, lets steps that run finish within the grace period, and closes
	 * the store. What has not ended continues after the next start. A second call has no
	 * effect.
	 */
	public void stop() {
		this.lifecycle.lock();
		try {
			EngineSession session = this.current.find();
			if (session != null && this.current.state() != State.STOPPED) {
				this.current.markStopping();
				session.stop(this.settings.shutdownGracePeriod());
			}
			this.current.markStopped();
		}
		finally {
			this.lifecycle.unlock();
		}
	}

	/**
	 * As {@link #stop()}.
	 */
	@Override
	public void close() {
		stop();
	}

	/**
	 * What applications call. Its methods throw {@link EngineStoppedException} while the
	 * engine does not run.
	 */
	public WorkflowClient client() {
		return this.client;
	}

	/**
	 * What is done to the store as a whole, such as a backup.
	 */
	public StorageOperations storage() {
		return this.storage;
	}

	/**
	 * Where the calls of annotated methods enter. Outside runs, steps are called plainly,
	 * also while the engine does not run.
	 */
	public DurableCalls calls() {
		return this.calls;
	}

	/**
	 * What can be run here.
	 */
	public Definitions definitions() {
		return this.definitions;
	}

	/**
	 * How many runs there are, by the workflow's name and by status. Costs nothing to
	 * speak of, whatever their number; empty while the engine does not run.
	 */
	public Map<String, StatusCounts> counts() {
		EngineSession session = this.current.find();
		return (session != null && this.current.state() == State.RUNNING) ? session.counts() : Map.of();
	}

	/**
	 * How far the engine has come with the runs that were interrupted by its last stop.
	 */
	public Recovery recovery() {
		EngineSession session = this.current.find();
		return (session != null) ? session.recovery() : Recovery.NONE;
	}

	/**
	 * How many runs are in one step, its retries included, for longer than a time. Looks
	 * at each run in memory, of which there are some ten thousand at most.
	 */
	public long runsInStepFor(Duration time) {
		EngineSession session = this.current.find();
		return (session != null) ? session.inStepFor(time) : 0;
	}

	/**
	 * How many events were left out, because listeners to them were too slow.
	 */
	public long lostEvents() {
		return this.events.lost();
	}

	/**
	 * How the engine is now: also whether each thread that it needs is alive.
	 */
	public EngineHealth health() {
		return this.current.health();
	}

	/**
	 * How the partitions are that it hosts, in the order of their numbers; those that
	 * have failed are among them, while others continue. Reads some rows of each. Empty
	 * while the engine does not run.
	 */
	public List<PartitionHealth> partitions() {
		EngineSession session = this.current.find();
		return (session != null && isRunning()) ? PartitionsHealth.of(session.host()) : List.of();
	}

	/**
	 * As {@link #partitions()}, of one of them; empty also if it is not hosted here.
	 */
	public Optional<PartitionHealth> partition(int number) {
		EngineSession session = this.current.find();
		return (session != null && isRunning()) ? PartitionsHealth.of(session.host(), number) : Optional.empty();
	}

	/**
	 * How many partitions there are, whether the engine runs or not.
	 */
	public int partitionCount() {
		return this.settings.map().partitions();
	}

	/**
	 * Why those of its partitions take no work that have failed, by their number, while
	 * others continue. Costs nothing to speak of.
	 */
	public Map<Integer, KraftException> failedPartitions() {
		EngineSession session = this.current.find();
		return (session != null && isRunning()) ? PartitionsHealth.failures(session.host()) : Map.of();
	}

	private boolean isRunning() {
		return this.current.state() == State.RUNNING;
	}

	/** That of a partition. */
	Execution execution(int partition) {
		return this.current.at(partition).execution();
	}

}
