package io.kraft.engine.execution;

import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.execution.run.LoadedRun;
import io.kraft.engine.execution.run.LoadedRuns;
import io.kraft.engine.execution.run.Replay;
import io.kraft.engine.execution.run.RunEnvironment;
import io.kraft.engine.execution.run.RunJournal;
import io.kraft.engine.journal.Origin;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import io.kraft.engine.timer.Scheduler.Scheduled;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.UnknownStepException;
import io.kraft.workflow.UnknownWorkflowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings runs into memory when there is a slot for them: those that a timer has woken,
 * those that were executing when the engine last stopped, and those that wait for their
 * turn on disk. One platform thread, which does the blocking reads; it sleeps while there
 * is nothing to load or no slot.
 */
final class RunLoader implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(RunLoader.class);

	private static final Scheduled NO_ALARM = () -> {
	};

	private final RunEnvironment environment;

	private final LoadedRuns loadedRuns;

	private final RunEnds ends;

	private final RunDriver.Departure departure;

	private final Thread thread = Thread.ofPlatform().name("kraft-loader").daemon().unstarted(this);

	private final Queue<Wakeup> woken = new ConcurrentLinkedQueue<>();

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final Backlog interrupted;

	private final Lanes lanes;

	private final Admission admission;

	private final Backlog addressed;

	private final Backlog paused;

	private final DueRuns due;

	private final Consumer<KraftException> failureListener;

	private Scheduled alarm = NO_ALARM;

	private volatile boolean stopped;

	private volatile boolean signalled;

	RunLoader(RunEnvironment environment, LoadedRuns loadedRuns, Admission admission, RunEnds ends,
			RunDriver.Departure departure, Consumer<KraftException> failureListener) {
		this.environment = environment;
		this.loadedRuns = loadedRuns;
		this.ends = ends;
		this.departure = departure;
		this.failureListener = failureListener;
		Store store = environment.partition().store();
		long lastBeforeStart = store.highestRun();
		this.interrupted = Backlog.ofInterrupted(store, lastBeforeStart);
		this.lanes = new Lanes(store, loadedRuns, admission, environment.clock());
		this.admission = admission;
		this.due = new DueRuns(environment.partition(), this::expectPending);
		this.addressed = Backlog.ofAddressed(store, lastBeforeStart);
		this.paused = Backlog.ofPaused(store, lastBeforeStart);
	}

	void start() {
		this.thread.start();
	}

	/**
	 * Loads nothing more.
	 */
	void cease() {
		this.stopped = true;
		signal();
	}

	/**
	 * Loads nothing more; returns when the load under way is over.
	 */
	void stop() {
		cease();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Whether runs wait on disk for a slot, so that a new one of the workflow is to wait
	 * behind them.
	 */
	boolean hasBacklog(String workflow) {
		return this.interrupted.mayHaveMore() || this.lanes.holdUp(workflow);
	}

	/**
	 * A run was made durable that waits for its turn.
	 */
	void expectPending(RunRow row) {
		this.lanes.expect(row);
		signal();
	}

	/**
	 * A slot is free.
	 */
	void slotFreed() {
		if (this.interrupted.mayHaveMore() || this.lanes.mayOpen() || !this.woken.isEmpty()
				|| this.addressed.mayHaveMore() || this.paused.mayHaveMore() || this.due.areUnderWay()) {
			signal();
		}
	}

	/**
	 * A timer is due: wakes its run if it is in memory, or loads it.
	 */
	void wake(Timer timer) {
		LoadedRun run = this.loadedRuns.find(timer.run());
		if (run == null || !run.wake(timer)) {
			wake(new Wakeup(timer.run(), timer, false));
		}
	}

	/**
	 * Loads a run that may be able to go on.
	 */
	void wake(long run) {
		wake(new Wakeup(run, null, false));
	}

	/**
	 * Loads a run if it is paused.
	 */
	void resume(long run) {
		wake(new Wakeup(run, null, true));
	}

	private void wake(Wakeup wakeup) {
		this.woken.add(wakeup);
		signal();
	}

	/**
	 * Does something while nothing is loaded, on the loader's thread; runs that are due
	 * are pending in the store by then.
	 * @throws KraftException if the engine stops before
	 */
	<T> T execute(Supplier<T> action) {
		CompletableFuture<T> result = new CompletableFuture<>();
		this.tasks.add(() -> {
			try {
				this.due.settle();
				result.complete(action.get());
			}
			catch (RuntimeException | Error ex) {
				result.completeExceptionally(ex);
			}
		});
		signal();
		if (!this.thread.isAlive()) {
			executeTasks();
		}
		return Futures.join(result);
	}

	private void executeTasks() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
	}

	@Override
	public void run() {
		while (!this.stopped) {
			this.signalled = false;
			executeTasks();
			if (!loadNext()) {
				setAlarm();
				awaitSignal();
			}
		}
		executeTasks();
	}

	private void setAlarm() {
		this.alarm.cancel();
		Instant opensAt = this.lanes.opensAt();
		this.alarm = (opensAt != null) ? this.environment.scheduler().schedule(opensAt, this::signal) : NO_ALARM;
	}

	/**
	 * A flag, because a park inside {@link #loadNext()} may take the permit of an unpark.
	 */
	private void awaitSignal() {
		while (!this.signalled && !this.stopped) {
			LockSupport.park(this);
		}
	}

	private void signal() {
		this.signalled = true;
		LockSupport.unpark(this.thread);
	}

	/**
	 * Loads a run, if there is one and a slot for it.
	 * @return whether there may be more to do
	 */
	private boolean loadNext() {
		if (!this.environment.slots().tryAcquire()) {
			return false;
		}
		Wakeup next = null;
		LoadedRun run = null;
		try {
			next = next();
			run = (next != null) ? load(next) : null;
		}
		catch (RuntimeException | Error ex) {
			if (!this.stopped) {
				logger.error("A run could not be loaded: {}", next, ex);
				this.failureListener.accept(asKraft(ex));
			}
			return giveUp();
		}
		if (run != null) {
			launch(run);
		}
		else {
			this.environment.slots().giveBack();
		}
		return next != null;
	}

	private static KraftException asKraft(Throwable failure) {
		return (failure instanceof KraftException kraft) ? kraft : new StorageException(StorageException.READ_FAILED,
				"a run could not be loaded: " + failure + ". See docs/errors.md#kraft-4007", failure);
	}

	private boolean giveUp() {
		this.environment.slots().giveBack();
		return false;
	}

	private @Nullable Wakeup next() {
		Wakeup wakeup = this.woken.poll();
		if (wakeup != null) {
			return wakeup;
		}
		this.due.settle();
		Long number = this.interrupted.next();
		if (number == null) {
			RunRow pending = this.lanes.next();
			number = (pending != null) ? Long.valueOf(pending.number()) : null;
		}
		if (number == null) {
			number = this.addressed.next();
		}
		if (number != null) {
			return new Wakeup(number, null, false);
		}
		number = this.paused.next();
		return (number != null) ? new Wakeup(number, null, true) : null;
	}

	/**
	 * Reads a run and its journal.
	 * @return null if it is executing already or has ended, or if it cannot go on here;
	 * it is paused then
	 */
	private @Nullable LoadedRun load(Wakeup wakeup) {
		if (this.due.contains(wakeup.run())) {
			this.due.settle();
		}
		// In this order: a run that is in memory no more has its last row on disk.
		LoadedRun loaded = this.loadedRuns.find(wakeup.run());
		if (loaded != null) {
			if (wakeup.retriesPaused()) {
				loaded.markResumed();
			}
			if (loaded.parking().wake()) {
				return null;
			}
		}
		RunRow row = this.environment.partition().store().run(wakeup.run()).orElse(null);
		if (row == null || row.status().isTerminal()) {
			forget(wakeup);
			return null;
		}
		if (row.status() == WorkflowStatus.SCHEDULED) {
			return loadScheduled(row, wakeup);
		}
		if (row.status() == WorkflowStatus.PAUSED && !wakeup.retriesPaused()) {
			this.admission.end(row.name(), row.number());
			return null;
		}
		if (wakeup.retriesPaused() && row.status() != WorkflowStatus.PAUSED) {
			// It waits for something else, or for its turn.
			return null;
		}
		if (row.status() == WorkflowStatus.SUSPENDED && row.step() != null && !isAddressed(row)) {
			this.due.add(row, wakeup.timer());
			return null;
		}
		try {
			return load(row);
		}
		catch (UnknownWorkflowException | UnknownStepException | UnreadableEntryException ex) {
			this.admission.end(row.name(), row.number());
			pause(row, ex);
			return null;
		}
	}

	/**
	 * A run whose time has come waits for its turn; one that is cancelled before ends.
	 */
	private @Nullable LoadedRun loadScheduled(RunRow row, Wakeup wakeup) {
		Timer timer = wakeup.timer();
		if (timer != null) {
			this.due.add(row, timer);
			return null;
		}
		boolean isCancelled = this.environment.partition()
			.store()
			.messages(row.number(), 0)
			.stream()
			.anyMatch((message) -> message.kind() == Message.Kind.CANCEL);
		return isCancelled ? load(row) : null;
	}

	private boolean isAddressed(RunRow row) {
		return this.environment.partition()
			.store()
			.messages(row.number(), 0)
			.stream()
			.anyMatch((message) -> message.kind() == Message.Kind.CANCEL || message.kind() == Message.Kind.PAUSE);
	}

	/** What was left behind by a run that was ended from outside, or never took it. */
	private void forget(Wakeup wakeup) {
		// It has one if it waited for its turn, which came when it was gone already.
		this.admission.end(wakeup.run());
		if (wakeup.timer() != null) {
			this.environment.partition().submit(List.of(new Change.TimerRemoved(wakeup.timer())));
		}
		this.ends.clear(wakeup.run());
	}

	private LoadedRun load(RunRow row) {
		WorkflowDefinition definition = this.environment.definitions().get(row.name(), row.version(), row.step());
		RecordedJournal recorded = new RecordedJournal();
		this.environment.partition().store().journal(row.number(), 0, recorded::add);
		Origin origin = recorded.origin(row.id());
		RunJournal journal = new RunJournal(this.environment.partition(), row, recorded.length());
		if (row.status() != WorkflowStatus.RUNNING && row.status() != WorkflowStatus.SUSPENDED) {
			Instant now = this.environment.now();
			journal.note(row.running(now));
			journal.note(this.admission.count(row, now).toArray(Change[]::new));
		}
		return new LoadedRun(definition, origin, journal, Replay.of(recorded.operations()), this.environment);
	}

	private void pause(RunRow row, KraftException reason) {
		String text = String.valueOf(reason.getMessage());
		logger.warn("Workflow '{}' is paused: {}", row.id(), text);
		if (row.status() != WorkflowStatus.PAUSED || !text.equals(row.reason())) {
			RunJournal journal = new RunJournal(this.environment.partition(), row, 0);
			journal.note(row.paused(text));
			journal.awaitDurable();
		}
	}

	/**
	 * Executes a run on a virtual thread of its own. The run has a slot.
	 */
	void launch(LoadedRun run) {
		this.admission.begin(run.definition().name(), run.number());
		if (this.loadedRuns.add(run)) {
			Thread.ofVirtual().name("kraft-run-" + run.number()).start(new RunDriver(run, this.ends, this.departure));
		}
		else {
			this.environment.slots().release();
		}
	}

	/**
	 * A run that may be able to go on.
	 *
	 * @param timer that is due; null if it was something else
	 * @param retriesPaused whether it is loaded though it is paused
	 */
	private record Wakeup(long run, @Nullable Timer timer, boolean retriesPaused) {
	}

}
