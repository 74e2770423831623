package io.kraft.engine.lifecycle;

import java.time.InstantSource;

import io.kraft.engine.admission.Admission;
import io.kraft.engine.admission.Lending;
import io.kraft.engine.admission.PendingQueues;
import io.kraft.engine.ledger.RunLedger;
import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.run.ChildTurns;
import io.kraft.engine.run.ExecutionSettings;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.Neighbours;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The runs that are to be brought into memory: those that something has woken, those that
 * were executing when the engine last stopped, and those that wait for their turn on
 * disk. Any thread adds; only the loader's takes.
 */
public final class LoadQueue {

	private final LoadedRuns loadedRuns;

	private final Admission admission;

	private final boolean onlyReplays;

	private final LoaderSignal signal;

	private final WokenRuns woken;

	private final Backlog interrupted;

	private final RecoveryLog recovery;

	private final PendingRuns pending;

	private final Backlog addressed;

	private final Backlog paused;

	private final DueRuns due;

	private final ByteBudget journals;

	private final JournalWaits journalWaits;

	/**
	 * What the store of a partition holds, and nothing else as yet.
	 * @param neighbours the other partitions, where children and parents may be
	 * @param journals memory for those that are replayed
	 */
	public LoadQueue(Partition partition, RunLedger ledger, Admission admission, LoadedRuns loadedRuns,
			Neighbours neighbours, InstantSource clock, ExecutionSettings settings, ByteBudget journals) {
		this.loadedRuns = loadedRuns;
		this.admission = admission;
		this.onlyReplays = settings.onlyReplays();
		LoaderSignal signal = new LoaderSignal(partition.work());
		this.signal = signal;
		WokenRuns woken = new WokenRuns(settings.memory().wakeups(), signal);
		this.woken = woken;
		Store store = partition.store();
		long lastBeforeStart = store.highestRun();
		this.interrupted = Backlog.ofInterrupted(store, lastBeforeStart);
		this.addressed = Backlog.ofAddressed(store, lastBeforeStart);
		this.paused = Backlog.ofPaused(store, lastBeforeStart);
		this.recovery = new RecoveryLog(clock);
		admission.whenOpened(signal::give);
		PendingQueues queues = new PendingQueues(store, admission, (run) -> PendingRuns.isPending(ledger, run),
				(run) -> loadedRuns.find(run) != null);
		Lending lending = new Lending(admission, store, neighbours,
				(run) -> woken.add(LoadRequest.of(run, LoadRequest.Cause.EVENT)));
		this.pending = new PendingRuns(queues, lending, admission, signal);
		this.due = new DueRuns(this.pending::expect);
		this.journals = journals;
		this.journalWaits = new JournalWaits(journals, signal::give);
	}

	/**
	 * The places that runs lend to their children.
	 */
	public ChildTurns turns() {
		return this.pending;
	}

	/**
	 * A slot is free.
	 * @return whether there may be a run for it
	 */
	public boolean slotFreed() {
		boolean isNews = this.interrupted.mayHaveMore() || this.pending.mayBegin() || !this.woken.isEmpty()
				|| this.addressed.mayHaveMore() || this.paused.mayHaveMore() || this.due.areInFlight()
				|| this.journalWaits.areSome();
		if (isNews) {
			this.signal.give();
		}
		return isNews;
	}

	/**
	 * A run was made durable that waits for its turn.
	 */
	public void expectPending(RunRow row) {
		this.pending.expect(row);
	}

	/**
	 * Whether runs wait on disk for a slot, so that a new one of the workflow is to wait
	 * behind them.
	 */
	boolean hasBacklog(String workflow) {
		return this.interrupted.mayHaveMore() || this.pending.holdUp(workflow);
	}

	/**
	 * A timer is due: wakes its run if it is in memory, or has it loaded.
	 */
	void wake(Timer timer) {
		LoadedRun run = this.loadedRuns.find(timer.run());
		if (run == null || !run.wake(timer)) {
			this.woken.add(LoadRequest.by(timer));
		}
	}

	/**
	 * Has a run loaded that may be able to continue.
	 */
	public void wake(long run) {
		this.woken.add(LoadRequest.of(run, LoadRequest.Cause.EVENT));
	}

	/**
	 * Has a run loaded that has a message in its inbox, where it is found if there is no
	 * room to remember it here.
	 */
	public void wakeAddressed(long run) {
		this.admission.continues(run);
		if (this.woken.room() > 0) {
			wake(run);
		}
		else {
			this.addressed.readAgain();
			this.signal.give();
		}
	}

	/**
	 * Has a run looked at that has just left memory, and for which something came
	 * meanwhile: perhaps its turn.
	 */
	void wakeAfterLeaving(long run) {
		this.woken.add(LoadRequest.of(run, LoadRequest.Cause.LEFT));
	}

	/**
	 * How many wake-ups wait to be looked at.
	 */
	public int wakeups() {
		return this.woken.size();
	}

	/**
	 * How many of the runs that were executing when the engine last stopped were taken.
	 */
	public long recovered() {
		return this.interrupted.taken();
	}

	/**
	 * Nothing is loaded any more.
	 */
	void close() {
		this.journalWaits.close();
	}

	WokenRuns woken() {
		return this.woken;
	}

	LoaderSignal signal() {
		return this.signal;
	}

	PendingRuns pending() {
		return this.pending;
	}

	DueRuns due() {
		return this.due;
	}

	ByteBudget journals() {
		return this.journals;
	}

	JournalWaits journalWaits() {
		return this.journalWaits;
	}

	/**
	 * The next run to look at; null if there is none now. What something has woken comes
	 * before what has not begun.
	 */
	@Nullable LoadRequest next() {
		LoadRequest waited = this.journalWaits.next();
		if (waited != null || this.journalWaits.areFull()) {
			return waited;
		}
		LoadRequest first = this.woken.poll();
		if (first != null) {
			if (this.due.areMany()) {
				this.due.awaitDurable();
			}
			return first;
		}
		this.due.awaitDurable();
		return nextOnDisk();
	}

	private @Nullable LoadRequest nextOnDisk() {
		Long interrupted = this.interrupted.next();
		if (interrupted != null) {
			return LoadRequest.of(interrupted, LoadRequest.Cause.INTERRUPTED);
		}
		if (!this.onlyReplays) {
			this.recovery.finished(this.interrupted.taken());
		}
		RunRow pending = this.pending.next();
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

}
