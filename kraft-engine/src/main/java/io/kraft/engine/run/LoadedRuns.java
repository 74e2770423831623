package io.kraft.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.engine.store.Message;
import org.jspecify.annotations.Nullable;

/**
 * The runs that are in memory. Thread-safe.
 */
public final class LoadedRuns {

	private static final Duration LONGEST_WAIT = Duration.ofDays(365);

	private final ReentrantLock lock = new ReentrantLock();

	/** A run has left. */
	private final Condition changed = this.lock.newCondition();

	private final Map<Long, LoadedRun> byNumber = new ConcurrentHashMap<>();

	/** For a moment, a run that has ended and one that was started anew share an id. */
	private final Map<String, LoadedRun> byId = new ConcurrentHashMap<>();

	/** Runs about to leave, for which something came that they may not see any more. */
	private final Set<Long> wokenLate = ConcurrentHashMap.newKeySet();

	private final AwaitedOnDisk awaitedOnDisk = new AwaitedOnDisk();

	private volatile boolean stopping;

	/**
	 * Announces a new run before it is durable: a message that comes as soon as it is
	 * durable finds it here.
	 */
	public void announce(LoadedRun run) {
		run.markAnnounced();
		this.byNumber.put(run.number(), run);
	}

	/**
	 * Adds a run, unless it is loaded already.
	 */
	@SuppressWarnings("ReferenceEquality") // The run itself, where it was announced.
	public boolean add(LoadedRun run) {
		LoadedRun loaded = this.byNumber.putIfAbsent(run.number(), run);
		if (loaded != null && loaded != run) {
			return false;
		}
		this.awaitedOnDisk.loaded(run.number());
		this.byId.put(run.id(), run);
		if (this.stopping) {
			run.continuation().unwind(new Unwinding.Stopped());
		}
		return true;
	}

	/**
	 * Removes a run that has ended its execution here.
	 * @return whether something came for it since that it may not have seen
	 */
	public boolean remove(LoadedRun run) {
		boolean[] woken = { false };
		this.byNumber.computeIfPresent(run.number(), (number, loaded) -> {
			woken[0] = this.wokenLate.remove(number);
			// Before it can be loaded again.
			this.awaitedOnDisk.left(number, run.parking().leftFor());
			return null;
		});
		this.byId.remove(run.id(), run);
		run.inbox().close();
		if (this.stopping && this.byNumber.isEmpty()) {
			this.lock.lock();
			try {
				this.changed.signalAll();
			}
			finally {
				this.lock.unlock();
			}
		}
		return woken[0];
	}

	/**
	 * Lets a run in memory check what has come; one that is about to leave is looked at
	 * again when it has.
	 * @return false if it is not in memory
	 */
	public boolean wake(long number) {
		LoadedRun run = this.byNumber.computeIfPresent(number, (key, loaded) -> {
			// Until it has left: it may have looked for the last time.
			this.wokenLate.add(key);
			return loaded;
		});
		if (run != null) {
			run.parking().wake();
		}
		return run != null;
	}

	/**
	 * Whether a message is none of those for which its run has left memory to wait.
	 */
	boolean waitsOnDiskForOthers(Message message) {
		return this.awaitedOnDisk.isForOthers(message);
	}

	/**
	 * The run of a number; null if it is not in memory.
	 */
	public @Nullable LoadedRun find(long number) {
		return this.byNumber.get(number);
	}

	/**
	 * The run of an id; null if it is not in memory.
	 */
	public @Nullable LoadedRun find(String id) {
		return this.byId.get(id);
	}

	/**
	 * How many are in a step, its retries included, that was called before a time. Looks
	 * at each.
	 */
	public long inStepSince(Instant calledBefore) {
		return this.byNumber.values()
			.stream()
			.filter((
					run) -> run.branches().activities().stream().anyMatch((activity) -> activity.isSince(calledBefore)))
			.count();
	}

	/**
	 * Lets every run end its execution here as soon as its step has finished; later ones
	 * immediately.
	 */
	public void unwindAll() {
		this.stopping = true;
		this.byNumber.values().forEach((run) -> run.continuation().unwind(new Unwinding.Stopped()));
	}

	/**
	 * Interrupts the steps that still run.
	 */
	public void cutOffAll() {
		this.byNumber.values().forEach((run) -> run.continuation().cutOff());
	}

	/**
	 * Waits until no run is loaded any more.
	 * @return whether that came true within the time
	 */
	public boolean awaitNone(Duration patience) {
		this.lock.lock();
		try {
			long left = Math.min(patience.toMillis(), LONGEST_WAIT.toMillis()) * 1_000_000;
			try {
				while (!this.byNumber.isEmpty() && left > 0) {
					left = this.changed.awaitNanos(left);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return this.byNumber.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

}
