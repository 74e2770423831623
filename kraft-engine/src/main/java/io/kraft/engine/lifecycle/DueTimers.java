package io.kraft.engine.lifecycle;

import java.time.Duration;
import java.time.InstantSource;

import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.store.Timer;
import io.kraft.engine.timer.Timers;

/**
 * The timers that are due, on their way to the runs in memory, or to the loader.
 * Thread-safe.
 */
public final class DueTimers implements Timers.Wakeups {

	private final LoadQueue queue;

	private final InstantSource clock;

	private final EngineObserver observer;

	public DueTimers(LoadQueue queue, InstantSource clock, EngineObserver observer) {
		this.queue = queue;
		this.clock = clock;
		this.observer = observer;
	}

	@Override
	public int room() {
		return this.queue.woken().room();
	}

	@Override
	public void whenRoomFreed(Runnable action) {
		this.queue.woken().whenRoomFreed(action);
	}

	@Override
	public void wake(Timer timer) {
		Duration lag = Duration.between(timer.dueAt(), this.clock.instant());
		this.observer.fired(lag.isNegative() ? Duration.ZERO : lag);
		this.queue.wake(timer);
	}

}
