package io.kraft.engine.execution;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.admission.Admission;
import io.kraft.engine.control.InboxControl;
import io.kraft.engine.control.Queues;
import io.kraft.engine.control.RetentionSweep;
import io.kraft.engine.control.RunControl;
import io.kraft.engine.control.RunRevival;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.execution.RunMessages;
import io.kraft.engine.execution.RunResults;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.ledger.RunLedger;
import io.kraft.engine.lifecycle.ChildStarter;
import io.kraft.engine.lifecycle.Clockwork;
import io.kraft.engine.lifecycle.Completion;
import io.kraft.engine.lifecycle.Completions;
import io.kraft.engine.lifecycle.ResultWaiters;
import io.kraft.engine.lifecycle.RunCompleter;
import io.kraft.engine.lifecycle.RunLoader;
import io.kraft.engine.lifecycle.RunStarter;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.lifecycle.StartRequests;
import io.kraft.engine.lifecycle.StartedRun;
import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.run.Activity;
import io.kraft.engine.run.ExecutionSettings;
import io.kraft.engine.run.ExecutionSlots;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.MessageDelivery;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.supervision.VitalExecutor;
import io.kraft.engine.supervision.VitalThread;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.timer.Timers;
import io.kraft.workflow.KraftException;

/**
 * The execution of a partition's runs between one start of the engine and its stop.
 * Thread-safe.
 */
public final class Execution {

	private final RunEnvironment environment;

	private final RunResults results;

	private final Intake intake;

	private final Completions completions;

	private final LoadedRuns loadedRuns = new LoadedRuns();

	private final ResultWaiters waiters = new ResultWaiters();

	private final ExecutionSlots slots;

	private final Timers timers;

	private final RunMessages messages;

	private final RunLoader loader;

	private final StartRequests requests;

	private final RunStarter starter;

	private final Admission admission;

	private final InboxControl inboxes;

	private final RunControl control;

	private final RunRevival revival;

	private final Queues queues;

	private final RetentionSweep sweep;

	private final long interrupted;

	private final Supervision supervision;

	private final VitalExecutor reader;

	private final JournalReads journals;

	private final ReentrantLock stopLock = new ReentrantLock();

	/**
	 * An execution that has not begun.
	 * @param failureListener is called when the store cannot be read; must not block
	 */
	public Execution(Partition partition, Definitions definitions, Clockwork clockwork, PayloadConverter payloads,
			EngineObserver observer, ExecutionSettings settings, Consumer<KraftException> failureListener) {
		this.supervision = partition.supervision();
		this.intake = new Intake(this.supervision);
		this.reader = new VitalExecutor(this.supervision, VitalThread.READER);
		this.results = new RunResults(definitions, payloads);
		Executor reads = partition.work().counting(this.reader);
		this.slots = new ExecutionSlots(settings.maxConcurrent(), settings.maxParked(), this::slotFreed);
		this.timers = new Timers(clockwork.scheduler(), clockwork.clock(), partition.store(), reads, new DueTimers(),
				failureListener);
		RunLedger ledger = new RunLedger(partition);
		MessageDelivery delivery = new MessageDelivery(partition, clockwork.clock(), ledger, this.loadedRuns, payloads,
				this::load, settings.memory().inbox(), settings.limits().messageIds());
		this.journals = new JournalReads(settings.memory().loadedJournals(), partition.store());
		this.messages = new RunMessages(delivery, partition.store(), payloads, this.intake::check);
		this.requests = new StartRequests(this::environment);
		ChildStarter children = new ChildStarter(this::environment, this::starter, this::loader, this.requests,
				this::completion);
		this.environment = new RunEnvironment(partition, clockwork.clock(), clockwork.scheduler(), this.timers,
				this.slots, new ByteBudget(settings.memory().loadedInboxes()), definitions, ledger, delivery, children,
				payloads, clockwork.random(), observer, settings);
		this.completions = new Completions(this.environment, this.loadedRuns, this.waiters);
		this.admission = new Admission(definitions, partition.store());
		RunCompleter completer = new RunCompleter(this.environment);
		this.loader = new RunLoader(this.environment, this.loadedRuns, this.admission, completer, this.waiters,
				failureListener);
		this.starter = new RunStarter(this.environment, this.loadedRuns, this.admission, this.loader);
		this.control = new RunControl(this.environment, this.loadedRuns, this.admission, this.loader, completer,
				this.waiters, this.intake::check);
		this.inboxes = new InboxControl(this.environment, this.intake::check);
		this.revival = new RunRevival(this.environment, this.loadedRuns, this.loader, this.starter, this.intake::check);
		this.queues = new Queues(this.environment, this.admission, this.loader, this.intake::check);
		this.interrupted = partition.store()
			.counts()
			.values()
			.stream()
			.mapToLong((counts) -> counts.of(WorkflowStatus.RUNNING))
			.sum();
		this.sweep = new RetentionSweep(this.environment, reads, failureListener);
		partition.whenRefused(new Quarantine(partition, ledger)::pause);
		this.supervision.whenFailed(this.intake::fail);
		this.supervision.whenFailed((cause) -> this.sweep.stop());
		this.supervision.whenFailed((cause) -> this.timers.stop());
		this.supervision.whenFailed((cause) -> this.loader.cease());
		this.supervision.whenFailed((cause) -> this.loadedRuns.unwindAll());
		this.supervision.whenFailed(this::failWaiters);
	}

	public RunEnvironment environment() {
		return this.environment;
	}

	private RunStarter starter() {
		return this.starter;
	}

	private RunLoader loader() {
		return this.loader;
	}

	private void slotFreed() {
		this.loader.slotFreed();
	}

	private void load(long run) {
		this.admission.continues(run);
		this.loader.wakeAddressed(run);
	}

	/**
	 * Goes on with the runs that the store holds.
	 */
	public void start() {
		this.loader.start();
		this.timers.start();
		this.sweep.start();
	}

	public Definitions definitions() {
		return this.environment.definitions();
	}

	public RunResults results() {
		return this.results;
	}

	public PayloadConverter payloads() {
		return this.environment.payloads();
	}

	/**
	 * What is durable. For reading only.
	 */
	public Store store() {
		return this.environment.partition().store();
	}

	/**
	 * Watches the threads that the engine needs.
	 */
	public Supervision supervision() {
		return this.supervision;
	}

	/**
	 * Counts the work that is in flight here.
	 */
	public WorkInFlight work() {
		return this.environment.partition().work();
	}

	/**
	 * Starts a run, or finds the one that has its id; durable when it returns.
	 */
	public StartedRun start(StartRequest request) {
		this.intake.check();
		return this.starter.start(request);
	}

	/**
	 * As {@link #start(StartRequest)}, in one commit with further changes. Where the run
	 * is found, they are made without it.
	 */
	public StartedRun start(StartRequest request, List<Change> changes) {
		this.intake.check();
		return this.starter.start(request, changes);
	}

	/**
	 * Makes changes durable that belong to no run.
	 */
	public void commit(List<Change> changes) {
		this.intake.check();
		this.environment.partition().submitOrRefuse(changes).await();
	}

	/**
	 * Makes requests of calls.
	 */
	public StartRequests requests() {
		return this.requests;
	}

	/**
	 * Lets what has ended be done again.
	 */
	public RunRevival revival() {
		return this.revival;
	}

	/**
	 * What an operator does to runs.
	 */
	public RunControl control() {
		return this.control;
	}

	/**
	 * What an operator does to messages that runs have not taken.
	 */
	public InboxControl inboxes() {
		return this.inboxes;
	}

	/**
	 * What an operator does to queues.
	 */
	public Queues queues() {
		return this.queues;
	}

	/**
	 * What is sent to runs, and what they publish.
	 */
	public RunMessages messages() {
		return this.messages;
	}

	/**
	 * Completes when the run of an id has ended. A caller that gives it up cancels it.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public CompletableFuture<Completion> completion(String id) {
		return this.completions.of(id);
	}

	/**
	 * Completes when the run has ended. A caller that gives it up cancels it.
	 * @throws WorkflowNotFoundException if it was removed
	 */
	public CompletableFuture<Completion> completion(StartedRun run) {
		return this.completions.of(run);
	}

	/**
	 * Something is durable. Does not block.
	 */
	public void committed(List<Change> changes) {
		this.completions.committed(changes);
	}

	/**
	 * The row of a run.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public RunRow row(String id) {
		return this.environment.delivery().target(id);
	}

	/**
	 * Reads whole journals, for people.
	 */
	public JournalReads journals() {
		return this.journals;
	}

	/**
	 * What the branches of a run do at this moment that are in a step; empty if there are
	 * none, or the run is not in memory.
	 */
	public List<Activity> activities(long run) {
		LoadedRun loaded = this.loadedRuns.find(run);
		return (loaded != null) ? loaded.activities() : List.of();
	}

	/**
	 * How many runs execute.
	 */
	public int executing() {
		return this.slots.executing();
	}

	/**
	 * How many runs wait in memory.
	 */
	public int waiting() {
		return this.slots.parked();
	}

	/**
	 * How many wake-ups wait in memory to be looked at.
	 */
	public int wakeups() {
		return this.loader.wakeups();
	}

	/**
	 * How many callers wait for the end of a run.
	 */
	public int waitersForEnds() {
		return this.waiters.size();
	}

	/**
	 * How many runs were executing when the engine last stopped.
	 */
	public long interrupted() {
		return this.interrupted;
	}

	/**
	 * How many of these were loaded again.
	 */
	public long recovered() {
		return this.loader.recovered();
	}

	/**
	 * How many runs are in a step, its retries included, for longer than a time. Looks at
	 * each run in memory.
	 */
	public long inStepFor(Duration time) {
		return this.loadedRuns.inStepSince(this.environment.clock().instant().minus(time));
	}

	/**
	 * On a thread of its own: what the waiters do then may block, and may even stop the
	 * engine.
	 */
	private void failWaiters(KraftException cause) {
		KraftException failure = this.intake.cause();
		// Made here, where it is tried again if there is no memory for it.
		Runnable close = () -> this.waiters.close(failure);
		this.supervision.threads().virtual("kraft-failure", () -> Supervision.untilDone(close)).start();
	}

	/**
	 * Stops: takes no work, lets steps that run finish within the patience, and then
	 * closes the partition.
	 * @param patience zero stops immediately, as a crash would
	 */
	public void stop(Duration patience) {
		this.stopLock.lock();
		try {
			this.intake.stop();
			if (patience.isZero()) {
				this.environment.partition().abandon();
			}
			this.sweep.stop();
			this.timers.stop();
			this.loader.stop();
			this.loadedRuns.unwindAll();
			if (!this.loadedRuns.awaitNone(this.intake.hasFailed() ? Duration.ZERO : patience)) {
				this.loadedRuns.cutOffAll();
				this.loadedRuns.awaitNone(Duration.ofMillis(500));
			}
			this.waiters.close(this.intake.cause());
			this.reader.shutdown();
			this.environment.partition().close();
		}
		finally {
			this.stopLock.unlock();
		}
	}

	/**
	 * The timers that are due, on their way to the loader.
	 */
	private final class DueTimers implements Timers.Wakeups {

		@Override
		public int room() {
			return Execution.this.loader.room();
		}

		@Override
		public void wake(Timer timer) {
			RunEnvironment environment = Execution.this.environment;
			Duration lag = Duration.between(timer.dueAt(), environment.clock().instant());
			environment.observer().fired(lag.isNegative() ? Duration.ZERO : lag);
			Execution.this.loader.wake(timer);
		}

	}

}
