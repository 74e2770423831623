package io.kraft.engine;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.NamedStep;
import io.kraft.engine.definition.QueueCatalog;
import io.kraft.engine.definition.ScheduleCatalog;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.StepCatalog;
import io.kraft.engine.definition.WorkflowCatalog;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.hosting.Ownership;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.journal.json.JacksonPayloads;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.observation.GuardedObserver;
import io.kraft.engine.replay.ReplayOnStart;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.routing.Routing;
import io.kraft.engine.run.ArgumentMismatch;
import io.kraft.engine.run.ExecutionSettings;
import io.kraft.engine.run.MemoryBounds;
import io.kraft.engine.run.OffThreadCalls;
import io.kraft.engine.run.RunLimits;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.encrypted.EncryptedStore;
import io.kraft.engine.supervision.EngineThreads;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.timer.Scheduler;
import io.kraft.engine.transaction.CallerTransaction;
import io.kraft.workflow.WorkQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a {@link KraftEngine}. Not thread-safe; each setting checks its bounds.
 */
public final class KraftEngineBuilder {

	private PartitionMap map = PartitionMap.SOLE;

	private @Nullable IntFunction<Store> stores;

	private @Nullable Ownership ownership;

	private @Nullable JsonMapper jsonMapper;

	private @Nullable Scheduler scheduler;

	private InstantSource clock = InstantSource.system();

	private RandomGenerator random = new SecureRandom();

	private final List<PayloadCodec> payloadCodecs = new ArrayList<>();

	private final List<WorkflowDefinition> workflows = new ArrayList<>();

	private final List<NamedStep> steps = new ArrayList<>();

	private final List<WorkQueue> queues = new ArrayList<>();

	private final List<ScheduleDefinition> schedules = new ArrayList<>();

	private boolean firesSchedules = true;

	private int maxConcurrentWorkflows = 10_000;

	private int maxParkedWorkflows = 10_000;

	private long maxPayloadBytes = 2 * 1024 * 1024;

	private int maxJournalEntries = 50_000;

	private long maxLoadedJournalBytes = MemoryBounds.defaultLoadedJournals();

	private RunLimits limits = RunLimits.DEFAULTS;

	private long maxInboxBytes = MemoryBounds.DEFAULT_INBOX_BYTES;

	private long maxLoadedInboxBytes = MemoryBounds.defaultLoadedInboxes();

	private boolean recordArguments = true;

	private ArgumentMismatch argumentMismatch = ArgumentMismatch.WARN;

	private OffThreadCalls offThreadCalls = OffThreadCalls.REFUSE;

	private Duration retention = Duration.ofDays(7);

	private Duration shutdownGracePeriod = Duration.ofSeconds(30);

	private boolean verifyOnStart;

	private Duration backupTimeout = Duration.ofMinutes(10);

	private @Nullable Duration callTimeout;

	private EngineObserver observer = EngineObserver.NONE;

	private BooleanSupplier nonBlockingThread = () -> false;

	private CallerTransaction callerTransaction = CallerTransaction.NONE;

	private Supplier<WorkInFlight> work = () -> WorkInFlight.UNCOUNTED;

	private ReplayOnStart replayOnStart = ReplayOnStart.OFF;

	private UnaryOperator<Routing> routing = UnaryOperator.identity();

	private @Nullable ClassLoader classLoader;

	KraftEngineBuilder() {
	}

	/**
	 * How the store is opened when the engine starts; the engine closes it. Must be
	 * given, or one of {@link #stores} and {@link #ownership}.
	 */
	public KraftEngineBuilder store(Supplier<Store> store) {
		return stores(1, (partition) -> store.get());
	}

	/**
	 * As {@link #store}, for an engine of several partitions, each with a store of its
	 * own.
	 * @param partitions 1 to 4096; never changes for stores that hold something
	 * @param stores opens that of a partition by its number, which is 0 or more
	 */
	public KraftEngineBuilder stores(int partitions, IntFunction<Store> stores) {
		this.map = new PartitionMap(partitions);
		this.stores = stores;
		return this;
	}

	/**
	 * Decides which partitions the engine hosts, and when, in place of one that hosts all
	 * of them. It opens their stores, which are encrypted and checked as those of
	 * {@link #stores} are; both cannot be given.
	 * @param partitions as in {@link #stores}
	 * @param ownership started with each start of the engine, and stopped with it
	 */
	public KraftEngineBuilder ownership(int partitions, Ownership ownership) {
		this.map = new PartitionMap(partitions);
		this.ownership = ownership;
		return this;
	}

	/**
	 * The workflows that can be run, added to those given before.
	 */
	public KraftEngineBuilder workflows(Collection<WorkflowDefinition> workflows) {
		this.workflows.addAll(workflows);
		return this;
	}

	/**
	 * The steps that can be called by name, added to those given before.
	 */
	public KraftEngineBuilder steps(Collection<NamedStep> steps) {
		this.steps.addAll(steps);
		return this;
	}

	/**
	 * The queues that have limits or settings of their own, added to those given before.
	 */
	public KraftEngineBuilder queues(Collection<WorkQueue> queues) {
		this.queues.addAll(queues);
		return this;
	}

	/**
	 * What starts workflows at times, added to what was given before.
	 */
	public KraftEngineBuilder schedules(Collection<ScheduleDefinition> schedules) {
		this.schedules.addAll(schedules);
		return this;
	}

	/**
	 * Whether schedules start runs of themselves, as they do by default; otherwise they
	 * only do when they are triggered.
	 */
	public KraftEngineBuilder firesSchedules(boolean fires) {
		this.firesSchedules = fires;
		return this;
	}

	/**
	 * Writes and reads payloads; by default a mapper of the engine's own.
	 */
	public KraftEngineBuilder jsonMapper(JsonMapper jsonMapper) {
		this.jsonMapper = jsonMapper;
		return this;
	}

	/**
	 * Wrap every payload, in the given order; those that are {@link PayloadEncryption}
	 * come last in any case, when it is written to the store.
	 */
	public KraftEngineBuilder payloadCodecs(Collection<? extends PayloadCodec> codecs) {
		this.payloadCodecs.addAll(codecs);
		return this;
	}

	/**
	 * The clock; by default the system's.
	 */
	public KraftEngineBuilder clock(InstantSource clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * The random number generator, for ids, seeds, jitter and the secrets of runs, on
	 * which the tokens of callbacks depend; by default a secure one.
	 * @param random thread-safe; secure, unless it is for a test
	 */
	public KraftEngineBuilder random(RandomGenerator random) {
		this.random = random;
		return this;
	}

	/**
	 * Calls tasks when their time has come by the clock; by default a thread. The engine
	 * does not close one that was given.
	 */
	public KraftEngineBuilder scheduler(Scheduler scheduler) {
		this.scheduler = scheduler;
		return this;
	}

	/**
	 * Measures and traces what the engine does; by default nothing is observed.
	 */
	public KraftEngineBuilder observer(EngineObserver observer) {
		this.observer = GuardedObserver.of(observer);
		return this;
	}

	/**
	 * Runs that execute at a time; more wait on disk.
	 * @param max at least 1
	 */
	public KraftEngineBuilder maxConcurrentWorkflows(int max) {
		this.maxConcurrentWorkflows = (int) atLeast(1, "maxConcurrentWorkflows", max);
		return this;
	}

	/**
	 * Waiting runs kept in memory; the others are unloaded, and replayed when they wake.
	 * @param max at least 0
	 */
	public KraftEngineBuilder maxParkedWorkflows(int max) {
		this.maxParkedWorkflows = (int) atLeast(0, "maxParkedWorkflows", max);
		return this;
	}

	/**
	 * Largest written value.
	 * @param bytes at least 1
	 */
	public KraftEngineBuilder maxPayloadBytes(long bytes) {
		this.maxPayloadBytes = atLeast(1, "maxPayloadBytes", bytes);
		return this;
	}

	/**
	 * Entries of a journal at which its run is paused.
	 * @param max at least 1
	 */
	public KraftEngineBuilder maxJournalEntries(int max) {
		this.maxJournalEntries = (int) atLeast(1, "maxJournalEntries", max);
		return this;
	}

	/**
	 * Bytes of a journal at which its run is paused.
	 * @param bytes at least 1
	 */
	public KraftEngineBuilder maxJournalBytes(long bytes) {
		this.limits = this.limits.withJournal(atLeast(1, "maxJournalBytes", bytes));
		return this;
	}

	/**
	 * Tags of a run; a start with more is refused.
	 * @param max at least 1
	 * @param bytes of their keys and values all together, at least 1
	 */
	public KraftEngineBuilder maxTags(int max, long bytes) {
		this.limits = this.limits.withTags((int) atLeast(1, "maxTags", max), atLeast(1, "maxTags' bytes", bytes));
		return this;
	}

	/**
	 * Ids of signals that are remembered for one run; a signal with a further one is
	 * refused.
	 * @param max at least 1
	 */
	public KraftEngineBuilder maxMessageIds(int max) {
		this.limits = this.limits.withMessageIds((int) atLeast(1, "maxMessageIds", max));
		return this;
	}

	/**
	 * Bytes of what a run has published; one that publishes more is paused.
	 * @param bytes at least 1
	 */
	public KraftEngineBuilder maxPublishedBytes(long bytes) {
		this.limits = this.limits.withPublished(atLeast(1, "maxPublishedBytes", bytes));
		return this;
	}

	/**
	 * Bytes of the state that a run has set; one that sets more is paused.
	 * @param bytes at least 1
	 */
	public KraftEngineBuilder maxStateBytes(long bytes) {
		this.limits = this.limits.withState(atLeast(1, "maxStateBytes", bytes));
		return this;
	}

	/**
	 * Memory for journals that are being loaded and replayed, of all runs together; by
	 * default a quarter of the heap. Runs wait on disk for room, and one whose journal is
	 * larger is paused.
	 * @param bytes at least 1
	 */
	public KraftEngineBuilder maxLoadedJournalBytes(long bytes) {
		this.maxLoadedJournalBytes = atLeast(1, "maxLoadedJournalBytes", bytes);
		return this;
	}

	/**
	 * Bytes of the messages that wait for one run; further ones are refused.
	 * @param bytes at least 1
	 */
	public KraftEngineBuilder maxInboxBytes(long bytes) {
		this.maxInboxBytes = atLeast(1, "maxInboxBytes", bytes);
		return this;
	}

	/**
	 * Bytes of messages that are in memory before their runs take them, over all runs; by
	 * default a sixteenth of the heap. The others are read from disk when a run looks for
	 * them.
	 * @param bytes at least 1
	 */
	public KraftEngineBuilder maxLoadedInboxBytes(long bytes) {
		this.maxLoadedInboxBytes = atLeast(1, "maxLoadedInboxBytes", bytes);
		return this;
	}

	/**
	 * Whether the arguments of steps are journaled.
	 */
	public KraftEngineBuilder recordArguments(boolean recordArguments) {
		this.recordArguments = recordArguments;
		return this;
	}

	/**
	 * What happens when a step's arguments differ on replay.
	 */
	public KraftEngineBuilder argumentMismatch(ArgumentMismatch argumentMismatch) {
		this.argumentMismatch = argumentMismatch;
		return this;
	}

	/**
	 * What happens to calls of steps, workflows and the client on threads that the code
	 * of a run has started.
	 */
	public KraftEngineBuilder offThreadCalls(OffThreadCalls offThreadCalls) {
		this.offThreadCalls = offThreadCalls;
		return this;
	}

	/**
	 * How long finished runs are kept, unless their workflow defines it.
	 * @param retention at least 0
	 */
	public KraftEngineBuilder retention(Duration retention) {
		this.retention = notNegative("retention", retention);
		return this;
	}

	/**
	 * How long a stop waits for steps that run; zero stops immediately, as a crash would.
	 * @param period at least 0
	 */
	public KraftEngineBuilder shutdownGracePeriod(Duration period) {
		this.shutdownGracePeriod = notNegative("shutdownGracePeriod", period);
		return this;
	}

	/**
	 * Whether the whole store is checked before the engine takes its ownership; it does
	 * not start if a promise is broken. By default it is not checked.
	 */
	public KraftEngineBuilder verifyOnStart(boolean verifyOnStart) {
		this.verifyOnStart = verifyOnStart;
		return this;
	}

	/**
	 * What a start does about runs that would not continue with the present code; by
	 * default it does not look for them. It looks before it takes the store's ownership:
	 * at the newest thousand runs that have not ended, for half a minute at most.
	 */
	public KraftEngineBuilder replayOnStart(ReplayOnStart replayOnStart) {
		this.replayOnStart = replayOnStart;
		return this;
	}

	/**
	 * How long a backup may take.
	 * @param timeout at least 0
	 */
	public KraftEngineBuilder backupTimeout(Duration timeout) {
		this.backupTimeout = notNegative("backupTimeout", timeout);
		return this;
	}

	/**
	 * How long a direct call of a workflow waits for the end of its run, which continues
	 * without it; by default as long as the run takes.
	 * @param timeout more than 0
	 */
	public KraftEngineBuilder callTimeout(Duration timeout) {
		if (!timeout.isPositive()) {
			throw new IllegalArgumentException("callTimeout is more than 0, but was " + timeout);
		}
		this.callTimeout = timeout;
		return this;
	}

	/**
	 * Decides whether the calling thread must not block.
	 */
	public KraftEngineBuilder nonBlockingThread(BooleanSupplier nonBlockingThread) {
		this.nonBlockingThread = nonBlockingThread;
		return this;
	}

	/**
	 * Reports transactions of the application, whose commit clients' calls then wait for;
	 * by default there are none.
	 */
	public KraftEngineBuilder callerTransaction(CallerTransaction callerTransaction) {
		this.callerTransaction = callerTransaction;
		return this;
	}

	/**
	 * Is notified of every piece of work that the engine has in flight; none by default.
	 * @param work asked at each start, so that what a former life has left behind is not
	 * counted in the next
	 */
	public KraftEngineBuilder workInFlight(Supplier<WorkInFlight> work) {
		this.work = work;
		return this;
	}

	/**
	 * The context class loader of every thread of the engine, in which workflows, steps
	 * and listeners are executed; by default that of the thread that calls
	 * {@link #build()}, or, if it has none, the one that has loaded Kraft.
	 */
	public KraftEngineBuilder classLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
		return this;
	}

	/**
	 * Makes the engine; it does nothing before its start.
	 */
	public KraftEngine build() {
		StoreSource source = new StoreSource(this.stores, this.ownership, this::encrypted);
		JsonMapper mapper = (this.jsonMapper != null) ? this.jsonMapper : JacksonPayloads.defaultMapper();
		PayloadConverter payloads = new JacksonPayloads(mapper, this.payloadCodecs, this.maxPayloadBytes);
		new DefinitionCheck(mapper).workflows(this.workflows)
			.steps(this.steps)
			.queues(this.queues)
			.schedules(this.schedules)
			.throwIfAny();
		WorkflowCatalog catalog = new WorkflowCatalog(this.workflows);
		StepCatalog stepCatalog = new StepCatalog(this.steps);
		Definitions definitions = new Definitions(catalog, stepCatalog, new QueueCatalog(this.queues, stepCatalog));
		return new KraftEngine(settings(source), definitions, new ScheduleCatalog(this.schedules, catalog), payloads);
	}

	/**
	 * How callers find partitions; by default those that the engine hosts.
	 * @param routing makes it of the one that finds these
	 */
	public KraftEngineBuilder routing(UnaryOperator<Routing> routing) {
		this.routing = routing;
		return this;
	}

	private Store encrypted(int partition, Supplier<Store> store) {
		return EncryptedStore.around(store, this.payloadCodecs, partition).get();
	}

	private EngineSettings settings(StoreSource stores) {
		ExecutionSettings execution = new ExecutionSettings(this.maxConcurrentWorkflows, this.maxParkedWorkflows,
				this.maxJournalEntries, this.recordArguments, this.argumentMismatch, this.offThreadCalls,
				this.retention,
				new MemoryBounds(this.maxLoadedJournalBytes, this.maxInboxBytes, this.maxLoadedInboxBytes), this.limits,
				null);
		EngineThreads threads = (this.classLoader != null) ? new EngineThreads(this.classLoader)
				: EngineThreads.ofCaller();
		return new EngineSettings(this.map, stores, this.scheduler, this.clock, this.random, this.firesSchedules,
				execution, this.shutdownGracePeriod, this.verifyOnStart, this.replayOnStart, this.backupTimeout,
				this.callTimeout, this.observer, this.nonBlockingThread, this.callerTransaction, this.work, threads,
				this.routing);
	}

	private static long atLeast(long bound, String what, long value) {
		if (value < bound) {
			throw new IllegalArgumentException(what + " is at least " + bound + ", but was " + value);
		}
		return value;
	}

	private static Duration notNegative(String what, Duration value) {
		if (value.isNegative()) {
			throw new IllegalArgumentException(what + " is at least 0, but was " + value);
		}
		return value;
	}

}
