package io.kraft.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.run.AwaitedChildren.Child;
import io.kraft.engine.run.WaitCondition.MessageKey;
import io.kraft.engine.state.Transition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Timer;
import io.kraft.engine.timer.Scheduler.Scheduled;
import org.jspecify.annotations.Nullable;

/**
 * The waits of one run's branches. Thread-safe.
 * <p>
 * While one branch executes, the run does. When the last one begins to wait, the run is
 * suspended: that is noted in its row, and it gives its slot back, or, if too many runs
 * wait in memory already, it is taken out of memory. What ends a wait looks for it here
 * first; a run that has left memory is loaded. What falls between the decision to leave
 * and the leaving is kept, and the run is loaded again immediately: the decision, every
 * wake-up and the leaving take the same lock.
 * <p>
 * A branch counts as waiting only when it can be woken and has looked once more since:
 * else the run might leave, or be noted as suspended, just when the branch finds what it
 * waits for, and it would never be loaded again. What a branch waits for in the run
 * itself is never on disk.
 */
public final class Parking {

	/** A wait up to this is kept in memory, and the run keeps its slot. */
	public static final Duration BRIEF = Duration.ofSeconds(1);

	private final ReentrantLock lock = new ReentrantLock();

	private final LoadedRun run;

	private final Map<WaitLatch, BranchWait> waiting = new LinkedHashMap<>();

	/**
	 * Those whose wait is known in memory only, so that the run stays there, and is not
	 * suspended; with their branches.
	 */
	private final Map<WaitLatch, Branch> inMemory = new HashMap<>();

	private int branches = 1;

	private boolean holdsPlace;

	/** With which it holds its place. */
	private long parkedBytes;

	/** Null before the decision to leave. */
	private volatile @Nullable Set<MessageKey> leftFor;

	/** The decision is made once: what comes after it is kept in {@link #woken}. */
	private boolean leaving;

	private boolean woken;

	/** Children may execute in the place of the run. */
	private boolean lends;

	private boolean left;

	Parking(LoadedRun run) {
		this.run = run;
	}

	private RunEnvironment environment() {
		return this.run.environment();
	}

	/**
	 * Lets a branch execute, from before its thread begins to after that has ended.
	 */
	public void open(Branch branch) {
		this.run.branches().add(branch);
		this.lock.lock();
		try {
			this.branches++;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A branch executes no more: those that are left may all wait.
	 */
	public void close(Branch branch) {
		this.run.branches().remove(branch);
		if (this.run.branches().isRootAlone()) {
			wakeFor(this.run.branches());
		}
		try {
			this.lock.lock();
			try {
				this.branches--;
				// Those that end because the run is unwound leave no branch behind.
				if (this.run.continuation().unwinding() != null || !noneExecutes()) {
					return;
				}
				if (allWait()) {
					noteSuspended();
				}
			}
			finally {
				this.lock.unlock();
			}
			this.run.continuation().awaitDurable();
			lendPlace();
			takePlaceOrUnload();
		}
		catch (RunUnwound ex) {
			// Nothing is left to unwind here.
		}
	}

	/**
	 * Waits in memory for a short time; the run keeps its slot. Over early if the branch
	 * is to be cancelled.
	 * @throws RunUnwound if the run does not continue here
	 */
	public void briefly(Branch branch, Instant until) {
		while (environment().clock().instant().isBefore(until) && !branch.cancellation().isRequested()) {
			WaitLatch latch = new WaitLatch();
			Scheduled scheduled = environment().scheduler().schedule(until, latch::signal);
			try {
				this.run.continuation().await(branch, latch);
			}
			finally {
				scheduled.cancel();
			}
		}
	}

	/**
	 * Waits in memory until the latch is signalled, or the branch is to be cancelled. The
	 * run gives its slot back meanwhile if all its branches wait, and so many may wait in
	 * memory; its row does not change.
	 * @throws RunUnwound if the run does not continue here
	 */
	void inMemory(Branch branch, WaitLatch latch) {
		inMemory(branch, latch, () -> this.run.continuation().await(branch, latch));
	}

	/**
	 * As {@link #inMemory}, also if the branch is to be cancelled already: once more if
	 * it comes to be cancelled meanwhile.
	 */
	void inMemoryAlsoCancelled(Branch branch, WaitLatch latch) {
		inMemory(branch, latch, () -> this.run.continuation().awaitAlsoCancelled(branch, latch));
	}

	private void inMemory(Branch branch, WaitLatch latch, Runnable await) {
		this.lock.lock();
		try {
			this.inMemory.put(latch, branch);
			if (!this.holdsPlace && noneExecutes()) {
				tryPark();
			}
		}
		finally {
			this.lock.unlock();
		}
		try {
			await.run();
		}
		finally {
			this.lock.lock();
			try {
				this.inMemory.remove(latch);
				unpark();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/**
	 * Waits, in memory or on disk, until there is something, or the wait's timer is due,
	 * or the branch is to be cancelled.
	 * @param wait its timer is in the run's journal already
	 * @param ready looks whether there is something; called again after each wake-up
	 * @return what there is; null if there is nothing
	 * @throws RunUnwound if the run does not continue here
	 */
	public <T> @Nullable T await(Branch branch, WaitCondition wait, Supplier<@Nullable T> ready) {
		T found = ready.get();
		while (found == null && !isDue(wait.timer()) && !branch.cancellation().isRequested()) {
			WaitLatch latch = new WaitLatch();
			begin(branch, wait, latch);
			try {
				// What came before has woken no thread; what comes from here on does.
				found = ready.get();
				if (found == null) {
					markStill(latch);
					this.run.continuation().awaitDurable();
					lendPlace();
					takePlaceOrUnload();
					startTimer(wait.timer());
					this.run.continuation().await(branch, latch);
					RunLog.woken(this.run);
				}
			}
			finally {
				end(wait, latch);
			}
			found = (found != null) ? found : ready.get();
		}
		noteRunning();
		return found;
	}

	/**
	 * Records what the run waits after, and takes it out of memory for that wait, also if
	 * it is over already: so that it waits for its turn again. Both are one commit: one
	 * that died in between would continue without its turn. For a run of one branch.
	 * @param wait its timer is among the changes
	 * @throws RunUnwound unless the branch is to be cancelled
	 */
	public void leave(Branch branch, WaitCondition wait, JournalEntry entry, Change... changes) {
		begin(branch, wait, new WaitLatch());
		this.lock.lock();
		try {
			if (branch.cancellation().isRequested()) {
				this.waiting.clear();
				this.run.journal().note(entry, changes);
				return;
			}
			this.leaving = true;
			this.woken = false;
			Suspension suspension = suspension();
			this.run.journal().note(entry, Transition.SUSPEND, suspension::of, changes);
		}
		finally {
			this.lock.unlock();
		}
		throw this.run.continuation().unload(timers());
	}

	private boolean isDue(@Nullable Timer timer) {
		return timer != null && !environment().clock().instant().isBefore(timer.dueAt());
	}

	private void startTimer(@Nullable Timer timer) {
		if (timer != null) {
			environment().timers().add(timer);
		}
	}

	private void begin(Branch branch, WaitCondition wait, WaitLatch latch) {
		this.lock.lock();
		try {
			this.waiting.put(latch, new BranchWait(branch, wait, latch));
		}
		finally {
			this.lock.unlock();
		}
		this.run.awaited().begin(latch, wait);
	}

	private void markStill(WaitLatch latch) {
		this.lock.lock();
		try {
			BranchWait still = this.waiting.get(latch);
			if (still != null) {
				still.markLooked();
			}
			if (!this.leaving && allWait()) {
				noteSuspended();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Only an outside event can move the run then: by a timer or a message. */
	private boolean allWait() {
		return this.inMemory.isEmpty() && noneExecutes();
	}

	private boolean noneExecutes() {
		return this.run.continuation().unwinding() == null
				&& this.waiting.size() + this.inMemory.size() == this.branches
				&& this.waiting.values().stream().allMatch(BranchWait::isStill)
				&& this.inMemory.entrySet()
					.stream()
					.noneMatch((wait) -> wait.getKey().isSignalled() || wait.getValue().cancellation().isRequested());
	}

	private void noteSuspended() {
		Suspension suspension = suspension();
		this.run.journal().note(Transition.SUSPEND, suspension::of);
	}

	private Suspension suspension() {
		return Suspension.of(this.waiting.values().stream().map(BranchWait::what));
	}

	/**
	 * What a wait was for has come: the run is suspended no more, and is loaded if the
	 * process dies.
	 */
	public void noteRunning() {
		if (this.run.continuation().unwinding() == null) {
			this.run.journal()
				.note(Transition.CONTINUE,
						(row) -> (row.status() == WorkflowStatus.SUSPENDED) ? row.running(environment().now()) : null);
		}
	}

	/**
	 * Once it is durable that it waits: what is begun by that looks at what is durable.
	 */
	private void lendPlace() {
		this.lock.lock();
		try {
			if (this.leaving || !allWait() || !this.waiting.values().stream().allMatch(BranchWait::isForChildren)) {
				return;
			}
			List<Child> children = this.waiting.values().stream().flatMap(BranchWait::children).distinct().toList();
			if (!children.isEmpty()) {
				this.lends = true;
				environment().childTurns().waits(this.run, children);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** With the lock. */
	private void takePlaceBack() {
		if (this.lends) {
			this.lends = false;
			environment().childTurns().continues(this.run);
		}
	}

	private void takePlaceOrUnload() {
		this.lock.lock();
		try {
			if (this.holdsPlace || this.leaving || !noneExecutes() || tryPark() || !allWait()) {
				return;
			}
			this.leaving = true;
			this.woken = false;
			this.leftFor = this.waiting.values()
				.stream()
				.map((waiting) -> waiting.what().message())
				.filter(Objects::nonNull)
				.collect(Collectors.toUnmodifiableSet());
		}
		finally {
			this.lock.unlock();
		}
		throw this.run.continuation().unload(timers());
	}

	/** With the lock. */
	private boolean tryPark() {
		this.parkedBytes = this.run.heldBytes();
		this.holdsPlace = !this.run.definition().yieldsPlace() && environment().slots().tryPark(this.parkedBytes);
		if (this.holdsPlace) {
			RunLog.parked(this.run);
			this.run.replay().release();
		}
		return this.holdsPlace;
	}

	/** With the lock. */
	private void unpark() {
		if (this.holdsPlace) {
			this.holdsPlace = false;
			environment().slots().unpark(this.parkedBytes);
		}
	}

	private List<Timer> timers() {
		this.lock.lock();
		try {
			return this.waiting.values()
				.stream()
				.map(BranchWait::what)
				.map(WaitCondition::timer)
				.filter(Objects::nonNull)
				.toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end(WaitCondition wait, WaitLatch latch) {
		this.run.awaited().end(latch);
		this.lock.lock();
		try {
			this.waiting.remove(latch);
			if (wait.timer() != null) {
				environment().timers().remove(wait.timer());
			}
			unpark();
			if (!this.leaving) {
				// One that leaves is still waiting.
				takePlaceBack();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The timer is due.
	 * @return false if the run has left memory, so that it is to be loaded
	 */
	public boolean wake(Timer timer) {
		return wake((wait) -> timer.equals(wait.timer()));
	}

	/**
	 * The message is in the inbox.
	 * @return false if the run has left memory, so that it is to be loaded
	 */
	boolean wake(Message message) {
		return wake((wait) -> wait.message() != null && wait.message().matches(message));
	}

	/**
	 * What is waited for in memory has come: a replay brings it again, so that it is no
	 * reason to load a run again that is leaving. Branches that end because it does come
	 * here, too.
	 */
	@SuppressWarnings("ReferenceEquality") // The very thing that is waited for.
	public void wakeFor(Object subject) {
		this.lock.lock();
		try {
			signal((wait) -> wait.subject() == subject);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Something came that the run is to look for itself.
	 * @return false if the run has left memory, so that it is to be loaded
	 */
	public boolean wake() {
		return wake((wait) -> true);
	}

	private boolean wake(Predicate<WaitCondition> ended) {
		this.lock.lock();
		try {
			this.woken = true;
			signal(ended);
			return !this.left;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** With the lock. */
	private void signal(Predicate<WaitCondition> ended) {
		this.waiting.forEach((latch, waiting) -> {
			if (ended.test(waiting.what())) {
				takePlaceBack();
				latch.signal();
			}
		});
	}

	/**
	 * For which messages the run leaves memory to wait; null if it leaves for another
	 * reason.
	 */
	@Nullable Set<MessageKey> leftFor() {
		if (!(this.run.continuation().unwinding() instanceof Unwinding.Unloaded)) {
			return null;
		}
		return this.leftFor;
	}

	/**
	 * The run has left memory: from here on it cannot be woken.
	 * @return whether something came since it decided to, so that it is to be loaded
	 * again
	 */
	public boolean leave() {
		this.lock.lock();
		try {
			this.left = true;
			return this.woken;
		}
		finally {
			this.lock.unlock();
		}
	}

}
