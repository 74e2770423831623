package io.kraft.engine.execution;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.kraft.engine.admission.Admission;
import io.kraft.engine.control.InboxControl;
import io.kraft.engine.control.Queues;
import io.kraft.engine.control.RetentionSweep;
import io.kraft.engine.control.RunControl;
import io.kraft.engine.control.RunRevival;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.ledger.RunLedger;
import io.kraft.engine.lifecycle.Clockwork;
import io.kraft.engine.lifecycle.Completions;
import io.kraft.engine.lifecycle.DueTimers;
import io.kraft.engine.lifecycle.LoadQueue;
import io.kraft.engine.lifecycle.ResultWaiters;
import io.kraft.engine.lifecycle.RunCompleter;
import io.kraft.engine.lifecycle.RunExits;
import io.kraft.engine.lifecycle.RunLauncher;
import io.kraft.engine.lifecycle.RunLoader;
import io.kraft.engine.lifecycle.RunStarter;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.lifecycle.StartRequests;
import io.kraft.engine.lifecycle.StartedRun;
import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.run.ExecutionSettings;
import io.kraft.engine.run.ExecutionSlots;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.MemoryBounds;
import io.kraft.engine.run.MessageDelivery;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.supervision.VitalExecutor;
import io.kraft.engine.supervision.VitalThread;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.timer.Timers;
import io.kraft.workflow.KraftException;

/**
 * The execution of a partition's runs between one start of the engine and its stop.
 * Thread-safe.
 * <p>
 * Its parts are made in the order in which they know each other: what is to be loaded,
 * what runs work with, what lets them execute and end, what starts them, and what
 * operators do to them.
 */
public final class Execution {

	private final RunEnvironment environment;

	private final Clockwork clockwork;

	private final Intake intake;

	private final RunLoader loader;

	private final RunStarter starter;

	private final RetentionSweep sweep;

	private final ExecutionEnd end;

	private final Completions completions;

	private final RunResults results;

	private final RunReads reads;

	private final JournalReads journals;

	private final ExecutionLoad load;

	private final RunMessages messages;

	private final StartRequests requests;

	private final InboxControl inboxes;

	private final RunControl control;

	private final RunRevival revival;

	private final Queues queues;

	/**
	 * An execution that has not begun.
	 * @param failureListener is called when the store cannot be read; must not block
	 */
	public Execution(Partition partition, Definitions definitions, Clockwork clockwork, PayloadConverter payloads,
			EngineObserver observer, ExecutionSettings settings, Consumer<KraftException> failureListener) {
		Store store = partition.store();
		Intake intake = new Intake(partition.supervision());
		VitalExecutor reader = new VitalExecutor(partition.supervision(), VitalThread.READER);
		Executor reads = partition.work().counting(reader);
		RunLedger ledger = new RunLedger(partition);
		LoadedRuns loadedRuns = new LoadedRuns();
		Admission admission = new Admission(definitions, store);
		LoadQueue loads = new LoadQueue(partition, ledger, admission, loadedRuns, clockwork.clock(), settings);
		Timers timers = new Timers(clockwork.scheduler(), clockwork.clock(), store, reads,
				new DueTimers(loads, clockwork.clock(), observer), failureListener);
		MessageDelivery delivery = new MessageDelivery(partition, clockwork.clock(), ledger, loadedRuns, payloads,
				loads::wakeAddressed, settings.memory().inbox(), settings.limits().messageIds());
		this.environment = new RunEnvironment(partition, clockwork.clock(), clockwork.scheduler(), timers,
				new ExecutionSlots(settings.maxConcurrent(), settings.maxParked(), MemoryBounds.parkedRuns(),
						loads::slotFreed),
				new ByteBudget(settings.memory().loadedInboxes()), definitions, ledger, delivery, loads.turns(),
				payloads, clockwork.random(), observer, settings);
		ResultWaiters waiters = new ResultWaiters();
		RunCompleter completer = new RunCompleter(this.environment);
		this.completions = new Completions(this.environment, loadedRuns, waiters);
		this.requests = new StartRequests(this.environment);
		RunExits exits = new RunExits(this.environment, loadedRuns, admission, waiters, loads);
		RunLauncher launcher = new RunLauncher(this.environment, loadedRuns, admission, completer, this.completions,
				this.requests, exits);
		this.starter = new RunStarter(this.environment, loadedRuns, admission, loads, launcher);
		this.loader = new RunLoader(this.environment, loadedRuns, admission, loads, completer, launcher, this.starter,
				failureListener);
		this.control = new RunControl(this.environment, loadedRuns, admission, loads, completer, waiters,
				intake::check);
		this.inboxes = new InboxControl(this.environment, intake::check);
		this.revival = new RunRevival(this.environment, loadedRuns, loads, this.starter, intake::check);
		this.queues = new Queues(this.environment, admission, loads, intake::check);
		this.messages = new RunMessages(delivery, store, payloads, intake::check);
		this.results = new RunResults(definitions, payloads);
		this.reads = new RunReads(this.environment, loadedRuns);
		this.journals = new JournalReads(settings.memory().loadedJournals(), store);
		this.load = new ExecutionLoad(this.environment, loadedRuns, loads, waiters);
		this.sweep = new RetentionSweep(this.environment, reads, failureListener);
		this.end = new ExecutionEnd(partition, intake, timers, this.sweep, this.loader, loadedRuns, waiters, reader);
		this.clockwork = clockwork;
		this.intake = intake;
		partition.whenRefused(new Quarantine(partition, ledger)::pause);
		this.end.followFailure();
	}

	/**
	 * Continues the runs that the store holds.
	 */
	public void start() {
		this.loader.start();
		this.environment.timers().start();
		this.sweep.start();
	}

	/**
	 * Stops: takes no work, lets steps that run finish within the patience, and then
	 * closes the partition.
	 * @param patience zero stops immediately, as a crash would
	 */
	public void stop(Duration patience) {
		this.end.stop(patience);
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
	 * For callers that wait for the ends of runs.
	 */
	public Completions completions() {
		return this.completions;
	}

	/**
	 * Writes and reads values.
	 */
	public PayloadConverter payloads() {
		return this.environment.payloads();
	}

	/**
	 * Its time.
	 */
	public Clockwork clockwork() {
		return this.clockwork;
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
		return this.environment.partition().supervision();
	}

	/**
	 * Counts the work that is in flight here.
	 */
	public WorkInFlight work() {
		return this.environment.partition().work();
	}

	/**
	 * Makes requests of calls.
	 */
	public StartRequests requests() {
		return this.requests;
	}

	/**
	 * Reads runs.
	 */
	public RunReads reads() {
		return this.reads;
	}

	/**
	 * Reads whole journals, for people.
	 */
	public JournalReads journals() {
		return this.journals;
	}

	/**
	 * Reads how runs have ended.
	 */
	public RunResults results() {
		return this.results;
	}

	/**
	 * What is sent to runs, and what they publish.
	 */
	public RunMessages messages() {
		return this.messages;
	}

	/**
	 * What an operator does to runs.
	 */
	public RunControl control() {
		return this.control;
	}

	/**
	 * Lets what has ended be done again.
	 */
	public RunRevival revival() {
		return this.revival;
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
	 * How much it does at this moment.
	 */
	public ExecutionLoad load() {
		return this.load;
	}

}
