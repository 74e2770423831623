package io.kraft.engine.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Timer;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run in memory continues here, and why not, once it does not. The first reason
 * counts: it wakes what waits, and every thread of the run unwinds its stack where it
 * looks next. Thread-safe.
 */
public final class RunContinuation {

	private final RunJournal journal;

	private final Branches branches;

	private final WorkInFlight work;

	private final Map<WaitLatch, Branch> latches = new ConcurrentHashMap<>();

	private final AtomicReference<@Nullable Unwinding> unwinding = new AtomicReference<>();

	private volatile boolean cutOff;

	private volatile boolean ending;

	/**
	 * Of a run that continues.
	 */
	RunContinuation(RunJournal journal, Branches branches, WorkInFlight work) {
		this.journal = journal;
		this.branches = branches;
		this.work = work;
	}

	/**
	 * Why the run does not continue here; null while it does.
	 */
	public @Nullable Unwinding unwinding() {
		return this.unwinding.get();
	}

	/**
	 * Throws if the run does not continue here.
	 */
	public void check() {
		if (this.unwinding.get() != null) {
			throw RunUnwound.ofCaller();
		}
	}

	/**
	 * Lets the run end its execution here; the first reason counts. What waits is woken,
	 * to notice.
	 */
	void unwind(Unwinding reason) {
		if (this.unwinding.compareAndSet(null, reason)) {
			this.latches.keySet().forEach(WaitLatch::signal);
		}
	}

	/**
	 * Pauses the run, as its own thread.
	 * @return to be thrown
	 */
	public RunUnwound pause(KraftException reason) {
		unwind(new Unwinding.Paused(MaskedTokens.in(Objects.requireNonNullElse(reason.getMessage(), reason.code()))));
		return RunUnwound.ofCaller();
	}

	/** An operator has asked for it. */
	void pauseOnRequest() {
		unwind(new Unwinding.Paused(RunRow.PAUSED_ON_REQUEST));
	}

	/**
	 * Takes the run out of memory, as its own thread.
	 * @param timers that it waits for
	 * @return to be thrown
	 */
	RunUnwound unload(List<Timer> timers) {
		unwind(new Unwinding.Unloaded(timers));
		return RunUnwound.ofCaller();
	}

	/**
	 * The run continues elsewhere, with a fresh journal. A request to pause that came
	 * just now is in the inbox, where the next one finds it: in this journal, nothing of
	 * it was recorded.
	 */
	void continueAsNew() {
		this.unwinding.updateAndGet((reason) -> (reason == null || reason instanceof Unwinding.Paused)
				? new Unwinding.Continued() : reason);
	}

	/** The run was ended from outside: what executes of it is cut off. */
	void terminate() {
		markEnding();
		unwind(new Unwinding.Terminated());
		cutOff();
	}

	/**
	 * Whether the run's end is on its way to the disk.
	 */
	public boolean isEnding() {
		return this.ending;
	}

	/**
	 * Marks the end as on its way, in a decision about the run.
	 */
	public void markEnding() {
		this.ending = true;
	}

	/**
	 * Interrupts the bodies that the run is in, because the engine's patience is over or
	 * the run was terminated; how they end is not recorded.
	 */
	void cutOff() {
		this.cutOff = true;
		this.branches.open().forEach(Branch::interrupt);
	}

	/**
	 * Whether no body is to be entered any more.
	 */
	boolean isCutOff() {
		return this.cutOff;
	}

	/**
	 * Throws if a body failed because the engine stops: it was interrupted, or it needed
	 * the engine itself.
	 */
	public void checkNotCutOff(Throwable failure) {
		boolean isStopping = this.unwinding.get() instanceof Unwinding.Stopped;
		if (this.cutOff || (isStopping && failure instanceof EngineStoppedException)) {
			unwind(new Unwinding.Stopped());
			throw RunUnwound.ofCaller();
		}
	}

	/**
	 * Waits until everything that the run has produced so far is durable.
	 * @throws RunUnwound if it never will be, because the engine stops, or another thread
	 * has decided about the run
	 */
	public void awaitDurable() {
		untilStopped(this.journal::awaitDurable);
	}

	/**
	 * Does something that nothing can make fail but a stop of the engine.
	 * @throws RunUnwound in that case
	 */
	public void untilStopped(Runnable action) {
		try {
			action.run();
		}
		catch (KraftException ex) {
			unwind(new Unwinding.Stopped());
			throw RunUnwound.ofCaller();
		}
	}

	/**
	 * Reads something of the run that its code is waiting for; it is paused if that
	 * cannot be read, because its code can do nothing about it.
	 * @throws RunUnwound in that case
	 */
	public <T extends @Nullable Object> T whileReadable(Supplier<T> reading) {
		try {
			return reading.get();
		}
		catch (StorageException | UnreadableEntryException ex) {
			throw pause(ex);
		}
	}

	/**
	 * Waits until the latch is signalled, the branch is to be cancelled, or the run does
	 * not continue here.
	 */
	void await(Branch branch, WaitLatch latch) {
		await(branch, latch, !branch.cancellation().isRequested());
	}

	/**
	 * Waits until the latch is signalled, or the run does not continue here; once more if
	 * the branch comes to be cancelled meanwhile.
	 */
	void awaitAlsoCancelled(Branch branch, WaitLatch latch) {
		await(branch, latch, true);
	}

	private void await(Branch branch, WaitLatch latch, boolean isToWait) {
		this.latches.put(latch, branch);
		try {
			check();
			if (isToWait) {
				latch.await(this.work);
			}
			check();
		}
		finally {
			this.latches.remove(latch);
		}
	}

	/**
	 * Wakes what waits in branches that are to be cancelled.
	 */
	void signalCancelled() {
		this.latches.forEach((latch, branch) -> {
			if (branch.cancellation().isRequested()) {
				latch.signal();
			}
		});
	}

}
