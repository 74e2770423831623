package io.kraft.engine.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.admission.Admission;
import io.kraft.engine.admission.Lending;
import io.kraft.engine.admission.PendingQueues;
import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.run.AwaitedChildren.Child;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.supervision.VitalThread;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.timer.Scheduler.Scheduled;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Brings runs into memory when there is a slot for them: those that a timer has woken,
 * those that were executing when the engine last stopped, and those that wait for their
 * turn on disk. One platform thread, which does the blocking reads; it sleeps while there
 * is nothing to load or no slot.
 */
public final class RunLoader implements Runnable {

	private static final Scheduled NO_ALARM = () -> {
	};

	private final RunEnvironment environment;

	private final LoadedRuns loadedRuns;

	private final RunCompleter completer;

	private final RunExits exits;

	private final Thread thread;

	private final WokenRuns woken;

	private final Backlog interrupted;

	private final RecoveryLog recovery;

	private final PendingQueues queues;

	private final Admission admission;

	private final Lending lending;

	private final Backlog addressed;

	private final Backlog paused;

	private final DueRuns due;

	private final JournalWaits journalWaits;

	private final StoredRuns stored;

	private final Consumer<KraftException> failureListener;

	private Scheduled alarm = NO_ALARM;

	private volatile boolean stopped;

	private final AtomicBoolean signalled = new AtomicBoolean();

	public RunLoader(RunEnvironment environment, LoadedRuns loadedRuns, Admission admission, RunCompleter completer,
			ResultWaiters waiters, Consumer<KraftException> failureListener) {
		this.environment = environment;
		this.thread = supervision(environment).thread(VitalThread.LOADER, this);
		this.loadedRuns = loadedRuns;
		this.woken = new WokenRuns(environment.settings().memory().wakeups(), environment.timers()::roomFreed);
		this.completer = completer;
		this.exits = new RunExits(environment, loadedRuns, admission, waiters, this);
		this.failureListener = failureListener;
		Store store = environment.partition().store();
		long lastBeforeStart = store.highestRun();
		this.interrupted = Backlog.ofInterrupted(store, lastBeforeStart);
		this.recovery = new RecoveryLog(environment.clock());
		this.queues = new PendingQueues(store, admission, environment.clock(), this::isPending,
				(run) -> loadedRuns.find(run) != null);
		this.admission = admission;
		this.lending = new Lending(admission, store, this::wake);
		this.due = new DueRuns(this::expectPending);
		ByteBudget journals = new ByteBudget(environment.settings().memory().loadedJournals());
		journals.whenRoomFreed(this::signal);
		this.journalWaits = new JournalWaits(journals);
		this.stored = new StoredRuns(environment, loadedRuns, admission, this.due, completer, journals,
				this.journalWaits);
		this.addressed = Backlog.ofAddressed(store, lastBeforeStart);
		this.paused = Backlog.ofPaused(store, lastBeforeStart);
	}

	public void start() {
		this.lending.start();
		work().begin();
		this.thread.start();
	}

	/**
	 * Loads nothing more.
	 */
	public void cease() {
		this.stopped = true;
		signal();
	}

	/**
	 * Loads nothing more; returns when the load under way is over.
	 */
	public void stop() {
		cease();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * How many of the runs that were executing when the engine last stopped were loaded.
	 */
	public long recovered() {
		return this.interrupted.taken();
	}

	/**
	 * Whether runs wait on disk for a slot, so that a new one of the workflow is to wait
	 * behind them.
	 */
	boolean hasBacklog(String workflow) {
		return this.interrupted.mayHaveMore() || this.queues.holdUp(workflow);
	}

	/**
	 * A run was made durable that waits for its turn.
	 */
	public void expectPending(RunRow row) {
		this.queues.expect(row);
		this.lending.expectAgain(row);
		signal();
	}

	/**
	 * A run waits for nothing but children, which may begin in its place.
	 */
	void waits(LoadedRun run, List<Child> children) {
		if (this.lending.waits(run.definition().name(), run.number(), children)) {
			signal();
		}
	}

	/**
	 * A run does not wait for children only any more.
	 */
	void continues(LoadedRun run) {
		this.admission.continues(run.definition().name(), run.number());
	}

	/**
	 * A slot is free.
	 */
	public void slotFreed() {
		if (this.interrupted.mayHaveMore() || this.queues.mayOpen() || !this.woken.isEmpty()
				|| this.addressed.mayHaveMore() || this.paused.mayHaveMore() || this.due.areInFlight()
				|| this.lending.mayHaveMore() || this.journalWaits.areSome()) {
			signal();
		}
	}

	/**
	 * A timer is due: wakes its run if it is in memory, or loads it.
	 */
	public void wake(Timer timer) {
		LoadedRun run = this.loadedRuns.find(timer.run());
		if (run == null || !run.wake(timer)) {
			wake(LoadRequest.by(timer));
		}
	}

	/**
	 * How many timers that are due it can take.
	 */
	public int room() {
		return this.woken.room();
	}

	/**
	 * How many wake-ups wait to be looked at.
	 */
	public int wakeups() {
		return this.woken.size();
	}

	/**
	 * Loads a run that may be able to continue.
	 */
	public void wake(long run) {
		wake(LoadRequest.of(run, LoadRequest.Cause.EVENT));
	}

	/**
	 * Loads a run that has a message in its inbox, where it is found if there is no room
	 * to remember it here.
	 */
	public void wakeAddressed(long run) {
		if (this.woken.room() > 0) {
			wake(run);
		}
		else {
			this.addressed.readAgain();
			signal();
		}
	}

	/**
	 * Looks at a run that has just left memory, and for which something came meanwhile:
	 * perhaps its turn.
	 */
	public void wakeAfterLeaving(long run) {
		wake(LoadRequest.of(run, LoadRequest.Cause.LEFT));
	}

	private void wake(LoadRequest loadRequest) {
		this.woken.add(loadRequest);
		signal();
	}

	@Override
	public void run() {
		while (!this.stopped) {
			takeSignal();
			if (!loadNext()) {
				setAlarm();
				awaitSignal();
			}
		}
		takeSignal();
		work().end();
	}

	private void setAlarm() {
		this.alarm.cancel();
		// Where a slot is missing, its release is a signal.
		Instant opensAt = this.environment.slots().areFull() ? null : this.queues.opensAt();
		this.alarm = (opensAt != null) ? this.environment.scheduler().schedule(opensAt, this::signal) : NO_ALARM;
	}

	/**
	 * A flag, because a park inside {@link #loadNext()} may take the permit of an unpark.
	 */
	private void awaitSignal() {
		work().end();
		while (!this.signalled.get() && !this.stopped) {
			LockSupport.park(this);
		}
		work().begin();
	}

	/**
	 * In flight until it is taken, so that the loader never seems idle while one waits.
	 */
	private void signal() {
		if (!this.signalled.getAndSet(true)) {
			work().begin();
		}
		LockSupport.unpark(this.thread);
	}

	private void takeSignal() {
		if (this.signalled.getAndSet(false)) {
			work().end();
		}
	}

	private WorkInFlight work() {
		return this.environment.partition().work();
	}

	/**
	 * Loads a run, if there is one and a slot for it.
	 * @return whether there may be more to do
	 */
	private boolean loadNext() {
		if (!lookAtChildren() || !this.environment.slots().tryAcquire()) {
			return false;
		}
		LoadRequest next = null;
		LoadedRun run = null;
		try {
			next = next();
			run = (next != null) ? this.stored.load(next) : null;
		}
		catch (RuntimeException ex) {
			if (!this.stopped) {
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

	/** Without a slot: it may be for this that one is missing. */
	private boolean lookAtChildren() {
		try {
			this.lending.lookUp();
			return true;
		}
		catch (RuntimeException ex) {
			if (!this.stopped) {
				this.failureListener.accept(asKraft(ex));
			}
			return false;
		}
	}

	private static KraftException asKraft(RuntimeException failure) {
		return (failure instanceof KraftException kraft) ? kraft : new StorageException(StorageException.READ_FAILED,
				"a run could not be loaded: " + failure + ". See docs/reference/errors.md#kraft-4007", failure);
	}

	private boolean giveUp() {
		this.environment.slots().giveBack();
		return false;
	}

	/** One that cannot be read is to be loaded, and so to be skipped. */
	private boolean isPending(long run) {
		try {
			return this.environment.ledger().decide(run, (record) -> {
				RunRow row = record.row();
				return row != null && row.status() == WorkflowStatus.PENDING;
			});
		}
		catch (RuntimeException ex) {
			if (UnreadableRun.isCauseOf(ex)) {
				return true;
			}
			throw ex;
		}
	}

	private @Nullable LoadRequest next() {
		LoadRequest waited = this.journalWaits.next();
		if (waited != null || this.journalWaits.areFull()) {
			return waited;
		}
		LoadRequest loadRequest = this.woken.poll();
		if (loadRequest != null) {
			if (this.due.areMany()) {
				this.due.awaitDurable();
			}
			return loadRequest;
		}
		this.due.awaitDurable();
		Long interrupted = this.interrupted.next();
		if (interrupted != null) {
			return LoadRequest.of(interrupted, LoadRequest.Cause.TURN);
		}
		if (!this.environment.settings().onlyReplays()) {
			this.recovery.finished(this.interrupted.taken());
		}
		RunRow pending = this.queues.nextOnLoan();
		pending = (pending != null) ? pending : this.queues.next();
		if (pending != null) {
			return LoadRequest.of(pending.number(), LoadRequest.Cause.TURN);
		}
		Long addressed = this.addressed.next();
		if (addressed != null) {
			return LoadRequest.of(addressed, LoadRequest.Cause.EVENT);
		}
		Long paused = this.paused.next();
		return (paused != null) ? LoadRequest.of(paused, LoadRequest.Cause.RESTART) : null;
	}

	/**
	 * Executes a run on a virtual thread of its own. The run has a slot.
	 */
	void launch(LoadedRun run) {
		try {
			this.admission.begin(run.definition().name(), run.number());
			if (this.loadedRuns.add(run)) {
				RunDriver driver = new RunDriver(run, this.completer, this.exits);
				supervision(this.environment).threads()
					.virtual("kraft-run-" + run.number(), work().counted(driver))
					.start();
			}
			else {
				run.replay().release();
				this.environment.slots().release();
			}
		}
		catch (Throwable ex) {
			// It may be durable, and seem to be in memory, and no thread would execute
			// it.
			supervision(this.environment).report(VitalThread.LOADER, ex);
			throw ex;
		}
	}

	private static Supervision supervision(RunEnvironment environment) {
		return environment.partition().supervision();
	}

}
