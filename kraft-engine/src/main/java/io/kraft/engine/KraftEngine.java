package io.kraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.lifecycle.Clockwork;
import io.kraft.engine.partition.CommitListener;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.replay.ReplayCheck;
import io.kraft.engine.replay.ReplayingEngine;
import io.kraft.engine.run.ReplayListener;
import io.kraft.engine.schedule.Schedules;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.Store;
import io.kraft.engine.supervision.EngineThreads;
import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.engine.timer.Scheduler;
import io.kraft.engine.timer.SupervisedScheduler;
import io.kraft.engine.timer.SystemScheduler;
import io.kraft.engine.transaction.TransactionGuard;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine: owns the journal and executes the runs. Thread-safe.
 */
public final class KraftEngine implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(KraftEngine.class);

	private final EngineSettings settings;

	private final Definitions definitions;

	private final ScheduleCatalog scheduleCatalog;

	private final PayloadConverter payloads;

	private final EventHub events;

	private final WorkflowClient client;

	private final StorageOperations storage;

	private final DurableCalls calls;

	private final ReplayCheck replays;

	private final ReentrantLock lifecycle = new ReentrantLock();

	private volatile State state = State.NEW;

	private volatile @Nullable Partition partition;

	private volatile @Nullable Execution execution;

	private volatile @Nullable Schedules schedules;

	private volatile @Nullable Supervision supervision;

	private final EngineThreads threads;

	private @Nullable Scheduler ownScheduler;

	KraftEngine(EngineSettings settings, Definitions definitions, ScheduleCatalog scheduleCatalog,
			PayloadConverter payloads) {
		this.settings = settings;
		this.definitions = definitions;
		this.scheduleCatalog = scheduleCatalog;
		this.payloads = payloads;
		this.threads = settings.threads();
		AsyncStarts asyncStarts = new AsyncStarts(this.threads);
		BlockingGuard guard = new BlockingGuard(settings.nonBlockingThread());
		this.replays = new ReplayCheck(definitions, this::startReplaying);
		this.events = new EventHub(settings.clock(), this.threads);
		TransactionGuard transactions = new TransactionGuard(settings.callerTransaction());
		this.client = new EngineClient(this::execution, this::schedules, this.events, asyncStarts, guard, transactions,
				this.replays);
		this.storage = new EngineStorage(this::execution, settings.clock(), settings.backupTimeout(), guard);
		this.calls = new EngineCalls(this::execution, asyncStarts, guard, transactions, settings.callTimeout());
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
			if (state() == State.RUNNING) {
				return;
			}
			stop();
			Supervision supervision = new Supervision(this.threads, (failure) -> {
			});
			try {
				start(supervision);
			}
			catch (Throwable ex) {
				giveUpStart(supervision, ex);
				throw ex;
			}
		}
		finally {
			this.lifecycle.unlock();
		}
	}

	private void start(Supervision supervision) {
		Partition partition = Partition.open(openStore(), this::committed, supervision, this.settings.work().get());
		this.partition = partition;
		Clockwork clockwork = clockwork(supervision);
		Execution execution = new Execution(partition, this.definitions, clockwork, this.payloads,
				this.settings.observer(), this.settings.execution(), supervision::fail);
		this.execution = execution;
		Schedules schedules = new Schedules(this.scheduleCatalog, execution, clockwork, supervision::fail);
		this.schedules = schedules;
		supervision.whenFailed((cause) -> schedules.stop());
		supervision.whenFailed(KraftEngine::log);
		this.supervision = supervision;
		supervision.start();
		this.state = State.RUNNING;
		boolean isForRuns = !this.settings.execution().onlyReplays();
		String started = StartLog.describe(partition, this.definitions, this.scheduleCatalog);
		execution.start();
		if (this.settings.firesSchedules()) {
			schedules.start();
		}
		if (isForRuns) {
			StartLog.log(started);
		}
	}

	private static void log(KraftException cause) {
		if (!(cause instanceof EngineStoppedException)) {
			// A store that reports this was cut off on purpose.
			logger.error("The engine stops taking work: {}", cause.getMessage(), cause);
		}
	}

	/** Whatever was opened is closed, so that the next start finds it free. */
	private void giveUpStart(Supervision supervision, Throwable cause) {
		Execution execution = this.execution;
		Partition partition = this.partition;
		this.state = State.STOPPED;
		this.execution = null;
		this.partition = null;
		this.supervision = null;
		closing(cause, this::stopSchedules);
		if (execution != null) {
			closing(cause, () -> execution.stop(Duration.ZERO));
		}
		else if (partition != null) {
			closing(cause, partition::close);
		}
		closing(cause, this::closeScheduler);
		supervision.close();
	}

	private static void closing(Throwable cause, Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			cause.addSuppressed(ex);
		}
	}

	private void closeScheduler() {
		Scheduler scheduler = this.ownScheduler;
		this.ownScheduler = null;
		if (scheduler != null) {
			scheduler.close();
		}
	}

	/**
	 * Where it is, and whether it has failed meanwhile.
	 */
	private State state() {
		State state = this.state;
		return (state == State.RUNNING && failure() != null) ? State.FAILED : state;
	}

	private @Nullable KraftException failure() {
		Supervision supervision = this.supervision;
		return (supervision != null) ? supervision.cause() : null;
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
		return new KraftEngine(this.settings.replayOnly(store, time, work, listener), this.definitions,
				new ScheduleCatalog(List.of(), this.definitions.workflows()), this.payloads);
	}

	private Store openStore() {
		Store store = this.settings.store().get();
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

	private ReplayingEngine startReplaying(Supplier<Store> store, WorkInFlight work, ReplayListener listener) {
		KraftEngine engine = replayOnly(store, new ManualScheduler(Instant.EPOCH), () -> work, listener);
		engine.start();
		return new ReplayingEngine() {

			@Override
			public Store store() {
				return engine.execution().store();
			}

			@Override
			public void close() {
				engine.close();
			}

		};
	}

	private void committed(CommitListener.Batch batch) {
		this.settings.observer().committed(batch.commits(), batch.sizeBytes(), batch.nanos());
		this.events.committed(batch.changes());
		Execution execution = this.execution;
		if (execution != null) {
			execution.completions().committed(batch.changes());
		}
	}

	private Clockwork clockwork(Supervision supervision) {
		InstantSource clock = this.settings.clock();
		Scheduler scheduler = this.settings.scheduler();
		if (scheduler == null) {
			scheduler = new SystemScheduler(clock, supervision);
			this.ownScheduler = scheduler;
		}
		return new Clockwork(clock, new SupervisedScheduler(scheduler, supervision), this.settings.random());
	}

	private void stopSchedules() {
		Schedules schedules = this.schedules;
		if (schedules != null) {
			schedules.stop();
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
			Execution execution = this.execution;
			if (execution == null || this.state == State.STOPPED) {
				this.state = State.STOPPED;
				return;
			}
			if (state() == State.RUNNING) {
				this.state = State.STOPPING;
			}
			stopSchedules();
			execution.stop(this.settings.shutdownGracePeriod());
			closeScheduler();
			this.state = State.STOPPED;
			if (this.supervision != null) {
				this.supervision.close();
			}
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
		Execution execution = this.execution;
		return (execution != null && state() == State.RUNNING) ? execution.store().counts() : Map.of();
	}

	/**
	 * How far the engine has come with the runs that were interrupted by its last stop.
	 */
	public Recovery recovery() {
		Execution execution = this.execution;
		return (execution != null) ? new Recovery(execution.load().interrupted(), execution.load().recovered())
				: Recovery.NONE;
	}

	/**
	 * How many runs are in one step, its retries included, for longer than a time. Looks
	 * at each run in memory, of which there are some ten thousand at most.
	 */
	public long runsInStepFor(Duration time) {
		Execution execution = this.execution;
		return (execution != null) ? execution.load().inStepFor(time) : 0;
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
		Partition partition = this.partition;
		Execution execution = this.execution;
		if (partition == null || execution == null) {
			return new EngineHealth(this.state, Optional.empty(), 0, 0, 0, 0, Duration.ZERO);
		}
		return new EngineHealth(state(), Optional.ofNullable(failure()), partition.epoch(),
				execution.load().executing(), execution.load().waiting(), partition.queuedCommits(),
				partition.commitLag());
	}

	private Schedules schedules() {
		execution();
		return Objects.requireNonNull(this.schedules);
	}

	private Execution execution() {
		Execution execution = this.execution;
		if (execution == null) {
			throw new EngineStoppedException(
					"the engine has not started yet. In a Spring application it starts when the context is "
							+ "refreshed: do not start workflows while beans are created. See docs/reference/errors.md#kraft-3007");
		}
		if (this.state == State.STOPPED) {
			throw new EngineStoppedException("the engine has stopped. What was acknowledged is safe and continues "
					+ "after the next start. See docs/reference/errors.md#kraft-3007");
		}
		return execution;
	}

}
