package io.kraft.engine.run;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

import io.kraft.engine.definition.Definitions;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.ledger.RunLedger;
import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.timer.Scheduler;
import io.kraft.engine.timer.Timers;

/**
 * What every run of an execution works with.
 *
 * @param random draws seeds and ids; thread-safe
 */
public record RunEnvironment(Partition partition, InstantSource clock, Scheduler scheduler, Timers timers,
		ExecutionSlots slots, ByteBudget inboxMemory, Definitions definitions, RunLedger ledger,
		MessageDelivery delivery, ChildTurns childTurns, Neighbours neighbours, PayloadConverter payloads,
		RandomGenerator random, EngineObserver observer, ExecutionSettings settings) {

	/**
	 * Identifies a request to another partition: this one never gives it again.
	 */
	public String nextRequestId() {
		return Long.toString(this.partition.nextMessage());
	}

	/**
	 * The time in whole milliseconds, as the journal keeps it.
	 */
	public Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

}
