package io.kraft.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.replay.ReplayOnStart;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.routing.Routing;
import io.kraft.engine.run.ExecutionSettings;
import io.kraft.engine.run.ReplayListener;
import io.kraft.engine.store.Store;
import io.kraft.engine.supervision.EngineThreads;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.engine.timer.Scheduler;
import io.kraft.engine.transaction.CallerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * What an engine was built with, for good; {@link KraftEngineBuilder} explains each.
 *
 * @param stores where it has them from
 * @param scheduler null means one of its own, of the system's time
 * @param callTimeout null means as long as the run takes
 * @param routing makes that of callers of that of the partitions that are hosted here
 */
record EngineSettings(PartitionMap map, StoreSource stores, @Nullable Scheduler scheduler, InstantSource clock,
		RandomGenerator random, boolean firesSchedules, ExecutionSettings execution, Duration shutdownGracePeriod,
		boolean verifyOnStart, ReplayOnStart replayOnStart, Duration backupTimeout, @Nullable Duration callTimeout,
		EngineObserver observer, BooleanSupplier nonBlockingThread, CallerTransaction callerTransaction,
		Supplier<WorkInFlight> work, EngineThreads threads, UnaryOperator<Routing> routing) {

	/**
	 * Of an engine that only replays, with the choices of this one.
	 * @param store of the runs to be replayed
	 * @param time does nothing of itself, so that nothing becomes due
	 * @param listener is notified where runs come to the end of their journals
	 */
	EngineSettings replayOnly(Supplier<Store> store, ManualScheduler time, Supplier<WorkInFlight> work,
			ReplayListener listener) {
		return new EngineSettings(PartitionMap.SOLE, StoreSource.of((partition) -> store.get()), time, time,
				this.random, false, this.execution.replayOnly(listener), Duration.ZERO, false, ReplayOnStart.OFF,
				this.backupTimeout, null, EngineObserver.NONE, () -> false, CallerTransaction.NONE, work, this.threads,
				UnaryOperator.identity());
	}

}
