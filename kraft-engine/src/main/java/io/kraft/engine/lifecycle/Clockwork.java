package io.kraft.engine.lifecycle;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.timer.Scheduler;
import io.kraft.engine.timer.SupervisedScheduler;

/**
 * Time and randomness, from outside.
 *
 * @param scheduler by the same clock
 * @param random thread-safe
 */
public record Clockwork(InstantSource clock, Scheduler scheduler, RandomGenerator random) {

	/**
	 * The same, where a task that throws is reported to a supervision.
	 */
	public Clockwork supervised(Supervision supervision) {
		return new Clockwork(this.clock, new SupervisedScheduler(this.scheduler, supervision), this.random);
	}

}
