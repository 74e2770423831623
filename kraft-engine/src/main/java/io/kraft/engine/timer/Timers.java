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

	private final Consumer<Timer> wake;

	private final Consumer<KraftException> failureListener;

	private final ReentrantLock lock = new ReentrantLock();

	private final TimerQueue queue = new TimerQueue(NEAR_TIMERS);

	private Scheduler.@Nullable Scheduled alarm;

	private @Nullable Instant alarmAt;

	private boolean stopped;

	/**
	 * Timers of a store, not started.
	 * @param reader executes blocking reads of the store
	 * @param wake is called for each due timer, on the scheduler's thread; must not block
	 * @param failureListener is called if the store cannot be read; must not block
	 */
	public Timers(Scheduler scheduler, InstantSource clock, Store store, Executor reader, Consumer<Timer> wake,
			Consumer<KraftException> failureListener) {
		this.scheduler = scheduler;
		this.clock = clock;
		this.store = store;
		this.reader = reader;
		this.wake = wake;
		this.failureListener = failureListener;
	}

	/**
	 * Reads the first timers from the store and begins to fire.
	 */
	public void start() {
		fill();
	}

	/**
	 * Fires nothing more.
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
	 * Forgets a timer whose run does not wait for it any more.
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

	private void fireDue() {
		List<Timer> due = List.of();
		this.lock.lock();
		try {
			this.alarm = null;
			this.alarmAt = null;
			if (!this.stopped) {
				due = this.queue.takeDue(this.clock.instant());
				arm();
				if (this.queue.needsFilling()) {
					// Under the lock: the reader takes nothing more after the stop.
					this.reader.execute(this::fill);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		due.forEach(this.wake);
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
		if (this.stopped || next == null || (this.alarmAt != null && !next.isBefore(this.alarmAt))) {
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

}
