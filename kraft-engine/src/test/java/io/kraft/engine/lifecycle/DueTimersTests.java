package io.kraft.engine.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.journal.Position;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.engine.timer.Timers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Timers that are due at once come to the loader as it takes them.
 */
@Timeout(60)
class DueTimersTests {

	private static final int DUE = 60_000;

	private static final int LIMIT = 500;

	private final ManualScheduler time = new ManualScheduler();

	@Test
	void manyTimersThatAreDueAtAStartAreNeverInMemoryAtOnceAndAllFire() {
		try (Store store = new MemoryMedium().open()) {
			store.claim(1);
			for (long run = 1; run <= DUE; run += 1000) {
				List<Change> timers = new ArrayList<>();
				for (long next = run; next < run + 1000; next++) {
					timers.add(new Change.TimerSet(new Timer(ManualScheduler.START, next, Position.ROOT)));
				}
				store.commit(1, timers);
			}
			this.time.advance(Duration.ofSeconds(1));
			WokenRuns woken = new WokenRuns(LIMIT, new LoaderSignal(WorkInFlight.UNCOUNTED));
			Timers timers = new Timers(this.time, this.time, store, Runnable::run, new ToQueue(woken), (failure) -> {
				throw failure;
			});
			timers.start();

			long last = 0;
			while (last < DUE) {
				this.time.advance(Duration.ZERO);
				assertThat(woken.size()).isBetween(1, LIMIT);
				LoadRequest next = woken.poll();
				assertThat(next).isNotNull();
				assertThat(next.run()).isEqualTo(++last);
			}
			assertThat(woken.isEmpty()).isTrue();
		}
	}

	/**
	 * Takes as many as the queue has room for.
	 */
	private record ToQueue(WokenRuns woken) implements Timers.Wakeups {

		@Override
		public int room() {
			return this.woken.room();
		}

		@Override
		public void whenRoomFreed(Runnable action) {
			this.woken.whenRoomFreed(action);
		}

		@Override
		public void wake(Timer timer) {
			this.woken.add(LoadRequest.by(timer));
		}

	}

}
