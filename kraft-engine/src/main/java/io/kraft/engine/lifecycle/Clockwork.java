package io.kraft.engine.lifecycle;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

import io.kraft.engine.timer.Scheduler;

/**
 * Time and randomness, from outside.
 *
 * @param scheduler by the same clock
 * @param random thread-safe
 */
public record Clockwork(InstantSource clock, Scheduler scheduler, RandomGenerator random) {
}
