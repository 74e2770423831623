package io.kraft.engine.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.kraft.engine.admission.Admission;
import io.kraft.engine.control.InboxControl;
import io.kraft.engine.control.Queues;
import io.kraft.engine.control.RepeatableRequests;
import io.kraft.engine.control.RequestSweep;
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
import io.kraft.engine.lifecycle.StartInFlight;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.run.ExecutionSettings;
import io.kraft.engine.run.ExecutionSlots;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.MessageDelivery;
import io.kraft.engine.run.Neighbours;
import io.kraft.engine.run.RunClaims;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.Store;
import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.supervision.VitalExecutor;
import io.kraft.engine.supervision.VitalThread;
import io.kraft.engine.timer.Timers;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The execution of a partition's runs between one start of the engine and its stop.
 * Thread-safe.
 * <p>
 * Its parts are made in the order in which they know each other: what is to be loaded,
 * what runs work with, what lets them execute and end, what starts them, and what
 * operators do to them.
 */
public final class Execution {

	/** After which callers on other nodes give up, however often they have tried. */
	private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

	private final RunEnvironment environment;

	private final NodeResources node;

	private final Clockwork clockwork;

	private final Intake intake;

	private final RunLoader loader;

	private final RunStarter starter;

	private final RetentionSweep sweep;

	private final ExecutionEnd end;

	private final Completions completions;

	private final RunReads reads;

	private final ExecutionLoad load;

	private final RunMessages messages;

	private final RepeatableRequests requests;

	private final InboxControl inboxes;

	private final RunControl control;

	private final RunRevival revival;

	private final Queues queues;

	/**
	 * An execution that has not begun.
	 * @param neighbours the other partitions
	 */
	public Execution(Partition partition, NodeResources node, Neighbours neighbours) {
		Store store = partition.store();
		Supervision supervision = partition.supervision();
		Consumer<KraftException> failureListener = supervision::fail;
		Definitions definitions = node.definitions();
		PayloadConverter payloads = node.payloads();
		EngineObserver observer = node.observer();
		ExecutionSettings settings = node.settings();
		Clockwork clockwork = node.clockwork().supervised(supervision);
		Intake intake = new Intake(supervision);
		VitalExecutor reader = new VitalExecutor(supervision, VitalThread.READER);
		Executor reads = partition.work().counting(reader);
		RunLedger ledger = new RunLedger(partition);
		LoadedRuns loadedRuns = new LoadedRuns();
		Admission admission = node.limits().join(partition.number(), store, partition::isWriting);
		LoadQueue loads = new LoadQueue(partition, ledger, admission, loadedRuns, neighbours, clockwork.clock(),
				settings, node.memory().loadedJournals());
		Timers timers = new Timers(clockwork.scheduler(), clockwork.clock(), store, reads,
				new DueTimers(loads, clockwork.clock(), observer), failureListener);
		MessageDelivery delivery = new MessageDelivery(partition, clockwork.clock(), ledger, loadedRuns, payloads,
				loads::wakeAddressed, settings.memory().inbox(), settings.limits().messageIds());
		this.environment = new RunEnvironment(partition, clockwork.clock(), clockwork.scheduler(), timers,
				new ExecutionSlots(node.slots(), loads::slotFreed), node.memory().loadedInboxes(), definitions, ledger,
				delivery, loads.turns(), neighbours, payloads, clockwork.random(), observer, settings);
		ResultWaiters waiters = new ResultWaiters();
		RunCompleter completer = new RunCompleter(this.environment);
		this.completions = new Completions(this.environment, loadedRuns, waiters);
		RunExits exits = new RunExits(this.environment, loadedRuns, admission, waiters, loads);
		RunLauncher launcher = new RunLauncher(this.environment, loadedRuns, admission, completer, this.completions,
				node.commands(), exits);
		this.starter = new RunStarter(this.environment, loadedRuns, admission, loads, launcher);
		this.loader = new RunLoader(this.environment, loadedRuns, admission, loads, completer, launcher, this.starter,
				failureListener);
		this.control = new RunControl(this.environment, loadedRuns, admission, loads, completer, waiters,
				intake::check);
		this.inboxes = new InboxControl(this.environment, intake::check);
		this.revival = new RunRevival(this.environment, loadedRuns, loads, this.starter, intake::check);
		this.queues = new Queues(this.environment, admission, loads, intake::check);
		this.messages = new RunMessages(delivery, store, intake::check);
		this.requests = new RepeatableRequests(this.environment);
		this.reads = new RunReads(this.environment, loadedRuns);
		this.load = new ExecutionLoad(this.environment, loadedRuns, loads, waiters);
		this.sweep = new RetentionSweep(this.environment, new RequestSweep(partition, CALL_TIMEOUT), reads,
				failureListener);
		this.end = new ExecutionEnd(partition, intake, timers, this.sweep, this.loader, loadedRuns, waiters, reader);
		this.node = node;
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
		this.queues.start();
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
	 * Returns if it takes work.
	 * @throws KraftException why it does not
	 */
	public void checkTakesWork() {
		this.intake.check();
	}

	/**
	 * Starts a run, or finds the one that has its id; durable when it returns.
	 */
	public StartedRun start(StartRequest request) {
		this.intake.check();
		return this.starter.start(request);
	}

	/**
	 * As {@link #start(StartRequest)}, with an answer in the commit of a run that is
	 * started.
	 */
	public StartedRun start(StartRequest request, WrittenAnswer answer) {
		this.intake.check();
		return this.starter.start(request, answer);
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
	 * Submits the start of a child whose parent is in another partition, in one commit
	 * with further changes.
	 * @param claim of the id, which the start holds from now on, if there is one
	 * @return to be finished; null if a run has its id: nothing is changed then
	 */
	public @Nullable StartInFlight submitChild(StartRequest request, Requester parent, List<Change> changes,
			RunClaims.Claim claim) {
		this.intake.check();
		return this.starter.submitChild(request, parent, changes, claim);
	}

	/**
	 * Lets one start at a time decide about an id.
	 */
	public RunClaims claims() {
		return this.starter.claims();
	}

	/**
	 * Submits changes that belong to no run.
	 */
	public Commit submit(List<Change> changes) {
		this.intake.check();
		return this.environment.partition().submitOrRefuse(changes);
	}

	/**
	 * Removes rows that another partition has taken. Waits for room in the queue only.
	 * @param upTo sequence of the last one
	 */
	public void removeSent(int target, long upTo) {
		this.environment.partition().submit(List.of(new Change.OutboxRemoved(target, upTo)));
	}

	/**
	 * Puts messages into the inboxes of its runs.
	 */
	public MessageDelivery delivery() {
		return this.environment.delivery();
	}

	/**
	 * Identifies a request to another partition: this one never gives it again.
	 */
	public String nextRequestId() {
		return this.environment.nextRequestId();
	}

	/**
	 * The time in whole milliseconds.
	 */
	public Instant now() {
		return this.environment.now();
	}

	/**
	 * Makes changes durable that belong to no run.
	 */
	public void commit(List<Change> changes) {
		this.intake.check();
		this.environment.partition().submitOrRefuse(changes).await();
	}

	/**
	 * The number of its partition.
	 */
	public int partition() {
		return this.environment.partition().number();
	}

	/**
	 * For callers that wait for the ends of runs.
	 */
	public Completions completions() {
		return this.completions;
	}

	/**
	 * What it shares with the other partitions of the node.
	 */
	public NodeResources node() {
		return this.node;
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
	 * Reads runs.
	 */
	public RunReads reads() {
		return this.reads;
	}

	/**
	 * What is sent to runs, and what they publish.
	 */
	public RunMessages messages() {
		return this.messages;
	}

	/**
	 * Requests that come from other processes.
	 */
	public RepeatableRequests requests() {
		return this.requests;
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
