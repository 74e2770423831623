package io.kraft.engine.timer;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Wakes runs when their timers are due: never early, in due order. Thread-safe.
 * <p>
 * A timer that has fired stays on disk until the run that it wakes has committed so;
 * firing one twice must be harmless.
 */
public final class Timers {

	private static final int NEAR_TIMERS = 10_000;

	private final Scheduler scheduler;

	private final InstantSource clock;

	private final Store store;

	private final Executor reader;

	private final Wakeups wakeups;

	private final Consumer<KraftException> failureListener;

	private final ReentrantLock lock = new ReentrantLock();

	private final TimerQueue queue = new TimerQueue(NEAR_TIMERS);

	private Scheduler.@Nullable Scheduled alarm;

	private @Nullable Instant alarmAt;

	/** What is due waits for room; the room that is freed is the next alarm. */
	private boolean heldUp;

	private boolean stopped;

	/**
	 * Timers of a store, not started.
	 * @param reader executes blocking reads of the store
	 * @param wakeups takes the due timers
	 * @param failureListener is called if the store cannot be read; must not block
	 */
	public Timers(Scheduler scheduler, InstantSource clock, Store store, Executor reader, Wakeups wakeups,
			Consumer<KraftException> failureListener) {
		this.scheduler = scheduler;
		this.clock = clock;
		this.store = store;
		this.reader = reader;
		this.wakeups = wakeups;
		this.failureListener = failureListener;
	}

	/**
	 * Reads the first timers from the store and begins to fire.
	 */
	public void start() {
		this.wakeups.whenRoomFreed(this::roomFreed);
		fill();
	}

	/**
	 * Stops firing.
	 */
	public void stop() {
		this.lock.lock();
		try {
			this.stopped = true;
			disarm();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Adds a timer that is durable.
	 */
	public void add(Timer timer) {
		this.lock.lock();
		try {
			this.queue.add(timer);
			arm();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Forgets a timer whose run no longer waits for it.
	 */
	public void remove(Timer timer) {
		this.lock.lock();
		try {
			this.queue.remove(timer);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * There is room again for timers that are due. Does not block.
	 */
	private void roomFreed() {
		this.lock.lock();
		try {
			if (this.heldUp && !this.stopped) {
				this.heldUp = false;
				this.reader.execute(this::fireDue);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void fireDue() {
		List<Timer> due = List.of();
		this.lock.lock();
		try {
			this.alarm = null;
			this.alarmAt = null;
			if (!this.stopped) {
				Instant now = this.clock.instant();
				due = this.queue.takeDue(now, this.wakeups.room());
				this.heldUp = this.queue.isDue(now);
				arm();
				if (this.queue.needsFilling()) {
					// Under the lock: the reader accepts no more tasks after the stop.
					this.reader.execute(this::fill);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		due.forEach(this.wakeups::wake);
		if (isHeldUp() && this.wakeups.room() > 0) {
			// It was freed before the wait could be known.
			roomFreed();
		}
	}

	private boolean isHeldUp() {
		this.lock.lock();
		try {
			return this.heldUp;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void fill() {
		Timer after;
		this.lock.lock();
		try {
			if (this.stopped) {
				return;
			}
			after = this.queue.beginFilling();
		}
		finally {
			this.lock.unlock();
		}
		int limit = this.queue.capacity();
		List<Timer> read;
		try {
			read = this.store.timers(after, limit);
		}
		catch (KraftException ex) {
			this.failureListener.accept(ex);
			return;
		}
		this.lock.lock();
		try {
			this.queue.endFilling(read, limit);
			arm();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void arm() {
		Instant next = this.queue.nextDue();
		if (this.stopped || this.heldUp || next == null || (this.alarmAt != null && !next.isBefore(this.alarmAt))) {
			return;
		}
		disarm();
		this.alarmAt = next;
		this.alarm = this.scheduler.schedule(next, this::fireDue);
	}

	private void disarm() {
		if (this.alarm != null) {
			this.alarm.cancel();
			this.alarm = null;
			this.alarmAt = null;
		}
	}

	/**
	 * Takes timers that are due.
	 */
	public interface Wakeups {

		/**
		 * How many it can take now. Must not block.
		 */
		int room();

		/**
		 * What to do when there is room again after it could take none; does not block.
		 */
		void whenRoomFreed(Runnable action);

		/**
		 * Takes a timer, even without room for it. Must not block.
		 */
		void wake(Timer timer);

		/**
		 * Takes all that are due.
		 */
		static Wakeups unbounded(Consumer<Timer> wake) {
			return new Wakeups() {

				@Override
				public int room() {
					return Integer.MAX_VALUE;
				}

				@Override
				public void whenRoomFreed(Runnable action) {
					// There always is.
				}

				@Override
				public void wake(Timer timer) {
					wake.accept(timer);
				}

			};
		}

	}

}
