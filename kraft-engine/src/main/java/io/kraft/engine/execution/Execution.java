package io.kraft.engine.execution;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.execution.run.Activity;
import io.kraft.engine.execution.run.ExecutionSettings;
import io.kraft.engine.execution.run.ExecutionSlots;
import io.kraft.engine.execution.run.LoadedRun;
import io.kraft.engine.execution.run.LoadedRuns;
import io.kraft.engine.execution.run.LogContext;
import io.kraft.engine.execution.run.MessageDelivery;
import io.kraft.engine.execution.run.RunEnvironment;
import io.kraft.engine.execution.run.Unwinding;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalTooLargeException;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.ledger.RunChange;
import io.kraft.engine.ledger.RunLedger;
import io.kraft.engine.message.InboxMemory;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.state.RunState;
import io.kraft.engine.state.Transition;
import io.kraft.engine.store.StaleChangeException;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.supervision.VitalExecutor;
import io.kraft.engine.supervision.VitalThread;
import io.kraft.engine.timer.Timers;
import io.kraft.workflow.KraftException;
import io.kraft.engine.work.WorkInHand;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The execution of a partition's runs between one start of the engine and its stop.
 * Thread-safe.
 */
public final class Execution {

	private final RunEnvironment environment;

	private final RunResults results;

	private final LoadedRuns loadedRuns = new LoadedRuns();

	private final ResultWaiters waiters = new ResultWaiters();

	private final AwaitedPauses awaitedPauses;

	private static final Logger logger = LoggerFactory.getLogger(Execution.class);

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

	private final ReentrantLock stopLock = new ReentrantLock();

	private volatile @Nullable KraftException stopCause;

	/** Where there is no memory for more. */
	private final KraftException failedAtOnce = new EngineStoppedException(
			"the engine has stopped taking work, because it failed. Its health has the cause. What was acknowledged is "
					+ "safe. Fix the cause and restart. See docs/errors.md#kraft-3007");

	private volatile boolean failed;

	/**
	 * An execution that has not begun.
	 * @param failureListener is called when the store cannot be read; must not block
	 */
	public Execution(Partition partition, Definitions definitions, Clockwork clockwork, PayloadConverter payloads,
			EngineObserver observer, ExecutionSettings settings, Consumer<KraftException> failureListener) {
		this.supervision = partition.supervision();
		this.reader = new VitalExecutor(this.supervision, VitalThread.READER);
		this.results = new RunResults(definitions, payloads);
		Executor reads = partition.work().counting(this.reader);
		this.slots = new ExecutionSlots(settings.maxConcurrent(), settings.maxParked(), this::slotFreed);
		this.timers = new Timers(clockwork.scheduler(), clockwork.clock(), partition.store(), reads, new DueTimers(),
				failureListener);
		RunLedger ledger = new RunLedger(partition);
		MessageDelivery delivery = new MessageDelivery(partition, clockwork.clock(), ledger, this.loadedRuns, payloads,
				this::load, settings.memory().inbox());
		this.messages = new RunMessages(delivery, partition.store(), payloads, this::checkTakesWork);
		this.requests = new StartRequests(this::environment);
		ChildStarter children = new ChildStarter(this::environment, this::starter, this::loader, this.requests::ofChild,
				this::completion);
		this.environment = new RunEnvironment(partition, clockwork.clock(), clockwork.scheduler(), this.timers,
				this.slots, new InboxMemory(settings.memory().loadedInboxes()), definitions, ledger, delivery, children,
				payloads, clockwork.random(), observer, settings);
		this.awaitedPauses = new AwaitedPauses(clockwork.clock());
		this.admission = new Admission(definitions, partition.store());
		RunCompleter completer = new RunCompleter(this.environment);
		this.loader = new RunLoader(this.environment, this.loadedRuns, this.admission, completer, this::exited,
				failureListener);
		this.starter = new RunStarter(this.environment, this.loadedRuns, this.admission, this.loader);
		this.control = new RunControl(this.environment, this.loadedRuns, this.admission, this.loader, completer,
				this.waiters, this::checkTakesWork);
		this.inboxes = new InboxControl(this.environment, this::checkTakesWork);
		this.revival = new RunRevival(this.environment, this.loadedRuns, this.loader, this.starter,
				this::checkTakesWork);
		this.queues = new Queues(this.environment, this.admission, this.loader, this::checkTakesWork);
		this.interrupted = partition.store()
			.counts()
			.values()
			.stream()
			.mapToLong((counts) -> counts.of(WorkflowStatus.RUNNING))
			.sum();
		this.sweep = new RetentionSweep(this.environment, reads, failureListener);
		partition.whenRefused(this::quarantine);
		this.supervision.whenFailed(this::refuse);
		this.supervision.whenFailed((cause) -> this.sweep.stop());
		this.supervision.whenFailed((cause) -> this.timers.stop());
		this.supervision.whenFailed((cause) -> this.loader.cease());
		this.supervision.whenFailed((cause) -> this.loadedRuns.unwindAll());
		this.supervision.whenFailed(this::failWaiters);
	}

	RunEnvironment environment() {
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
	public WorkInHand work() {
		return this.environment.partition().work();
	}

	/**
	 * Starts a run, or finds the one that has its id; durable when it returns.
	 */
	public StartedRun start(StartRequest request) {
		checkTakesWork();
		return this.starter.start(request);
	}

	/**
	 * As {@link #start(StartRequest)}, in one commit with further changes. Where the run
	 * is found, they are made without it.
	 */
	public StartedRun start(StartRequest request, List<Change> changes) {
		checkTakesWork();
		return this.starter.start(request, changes);
	}

	/**
	 * Makes changes durable that belong to no run.
	 */
	public void commit(List<Change> changes) {
		checkTakesWork();
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
		LoadedRun loaded = this.loadedRuns.find(id);
		long number = (loaded != null && !isLeaving(loaded)) ? loaded.number() : row(id).number();
		while (true) {
			try {
				return completion(new StartedRun(id, number));
			}
			catch (WorkflowNotFoundException ex) {
				// Another run may have replaced it.
				long other = row(id).number();
				if (other == number) {
					throw ex;
				}
				number = other;
			}
		}
	}

	/**
	 * Completes when the run has ended. A caller that gives it up cancels it.
	 * @throws WorkflowNotFoundException if it was removed
	 */
	public CompletableFuture<Completion> completion(StartedRun run) {
		CompletableFuture<Completion> completion = this.waiters.await(run.number());
		// Of the future itself: what depends on it may be cancelled without it.
		var unused = completion.whenComplete((value, failure) -> this.waiters.forget(run.number(), completion));
		// The future first: a run that ends between the checks is seen by one of them.
		// One that executes here announces itself, and is not looked up: the caller may
		// be a virtual thread, which a read would pin.
		try {
			LoadedRun loaded = this.loadedRuns.find(run.number());
			Completion before = (loaded == null || isLeaving(loaded)) ? readCompletion(run) : null;
			if (before != null) {
				completion.complete(before);
			}
		}
		catch (Throwable ex) {
			completion.cancel(false);
			throw ex;
		}
		return completion;
	}

	private static boolean isLeaving(LoadedRun run) {
		return run.journal().isClosed() || run.unwinding() instanceof Unwinding.Paused;
	}

	/**
	 * Something is durable: warns of runs that were paused although a caller waits for
	 * them. Does not block.
	 */
	public void committed(List<Change> changes) {
		for (Change change : changes) {
			if (change instanceof Change.RunChanged(var before, var after) && after.state() instanceof RunState.Paused
					&& this.waiters.isAwaited(after.number())) {
				warnOfPause(after);
			}
		}
	}

	private void warnOfPause(RunRow row) {
		try {
			Runnable warn = () -> this.awaitedPauses.warn(row);
			this.supervision.threads().virtual("kraft-awaited", work().counted(warn)).start();
		}
		catch (Throwable ex) {
			// No memory, or no thread: that costs a line in the log.
		}
	}

	/** Null if it has not ended, or is retried just now. */
	private @Nullable Completion readCompletion(StartedRun run) {
		RunRow row = storedRow(run);
		if (row.state() instanceof RunState.Paused) {
			this.awaitedPauses.warn(row);
		}
		if (!row.status().isTerminal()) {
			return null;
		}
		byte[] last = store().lastEntry(run.number());
		if (last != null && JournalCodec.decode(last) instanceof RunEnded ended) {
			return new Completion(row, ended.outcome());
		}
		if (storedRow(run).revision() != row.revision()) {
			return null;
		}
		throw new StorageException(StorageException.DAMAGED, "the journal of run '" + run.id()
				+ "', which has ended, does not hold its end. See docs/errors.md#kraft-4003", null);
	}

	private RunRow storedRow(StartedRun run) {
		return store().run(run.number()).orElseThrow(() -> MessageDelivery.notFound(run.id()));
	}

	/**
	 * The row of a run.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public RunRow row(String id) {
		return this.environment.delivery().target(id);
	}

	/**
	 * The journal of a run.
	 * @throws JournalTooLargeException if it is larger than all journals in memory may be
	 */
	public RecordedJournal journal(RunRow row) {
		return RecordedJournal.read(row.id(), this.environment.settings().memory().loadedJournals(),
				(reader) -> store().journal(row.number(), 0, reader));
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

	private void checkTakesWork() {
		KraftException cause = this.stopCause;
		if (cause == null && this.supervision.hasFailed()) {
			cause = this.failedAtOnce;
		}
		if (cause != null) {
			throw cause;
		}
	}

	private void exited(LoadedRun run, @Nullable Completion completion, @Nullable RunRow pending) {
		if (leavesPlace(run)) {
			// Before it leaves: from then on it may be loaded again, and take a new one.
			this.admission.end(run.definition().name(), run.number());
		}
		run.replay().release();
		boolean isWoken = run.parking().leave();
		// Before it leaves: a waiter that comes from here on reads its row.
		List<CompletableFuture<Completion>> waiting = this.environment.ledger().decide(run.number(), (record) -> {
			run.journal().close();
			return (completion != null && isStill(completion, record.row())) ? this.waiters.take(run.number())
					: List.of();
		});
		isWoken |= this.loadedRuns.remove(run);
		giveUpPlaceIfOver(run);
		this.slots.release();
		if (run.unwinding() instanceof Unwinding.Unloaded(var waitedFor)) {
			waitedFor.forEach(this.timers::add);
		}
		if (pending != null) {
			this.loader.expectPending(pending);
		}
		else if (isWoken || run.unwinding() instanceof Unwinding.Continued) {
			this.loader.wakeAfterLeaving(run.number());
		}
		waiting.forEach((waiter) -> waiter.complete(completion));
	}

	/** Waiters of a run that was retried meanwhile wait for its next completion. */
	private static boolean isStill(Completion completion, @Nullable RunRow latest) {
		return latest == null || latest.equals(completion.row());
	}

	/** The thread that has just ended it has found it in memory, and left that to it. */
	private void giveUpPlaceIfOver(LoadedRun run) {
		String workflow = run.definition().name();
		if (!this.admission.hasPlace(workflow, run.number())) {
			return;
		}
		try {
			this.environment.ledger().decide(run.number(), (record) -> {
				RunRow row = record.row();
				if (row == null || row.status().isTerminal()) {
					this.admission.end(workflow, run.number());
				}
				return run;
			});
		}
		catch (KraftException ex) {
			// The engine has stopped: its places are counted anew at the next start.
		}
	}

	private static boolean leavesPlace(LoadedRun run) {
		return run.isEnding() || run.unwinding() instanceof Unwinding.Paused
				|| (run.unwinding() instanceof Unwinding.Unloaded && run.definition().yieldsPlace());
	}

	/**
	 * Takes no work any more, because the engine has failed.
	 */
	private void refuse(KraftException cause) {
		this.failed = true;
		this.stopCause = new EngineStoppedException(
				"the engine has stopped taking work, because it failed: " + cause.getMessage()
						+ " What was acknowledged is safe. Fix the cause and restart. See docs/errors.md#kraft-3007",
				cause);
	}

	/** On a thread of its own: it waits for the committer, which has reported it. */
	private void quarantine(StaleChangeException refusal) {
		this.supervision.threads().virtual("kraft-refused", work().counted(() -> {
			String reason = Objects.requireNonNullElse(refusal.getMessage(), refusal.code());
			this.environment.ledger().decide(refusal.run(), (record) -> {
				record.discard();
				RunRow row = record.row();
				if (record.isOpen() && row != null && row.status() != WorkflowStatus.PAUSED) {
					record.commit(RunChange.to(Transition.PAUSE, row.paused(reason)));
					LogContext.about(row, () -> logger.warn("Run '{}' is paused: {}", row.id(), reason));
				}
				return reason;
			});
		})).start();
	}

	/**
	 * On a thread of its own: what the waiters do then may block, and may even stop the
	 * engine.
	 */
	private void failWaiters(KraftException cause) {
		KraftException failure = Objects.requireNonNullElse(this.stopCause, this.failedAtOnce);
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
			if (this.stopCause == null) {
				this.stopCause = new EngineStoppedException("the engine is stopping. What was acknowledged is safe and "
						+ "continues after the next start. See docs/errors.md#kraft-3007");
			}
			if (patience.isZero()) {
				this.environment.partition().abandon();
			}
			this.sweep.stop();
			this.timers.stop();
			this.loader.stop();
			this.loadedRuns.unwindAll();
			if (!this.loadedRuns.awaitNone(this.failed ? Duration.ZERO : patience)) {
				this.loadedRuns.cutOffAll();
				this.loadedRuns.awaitNone(Duration.ofMillis(500));
			}
			this.waiters.close(this.stopCause);
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
