package io.kraft.engine;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.ScheduleCatalog;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.replay.ReplayingEngine;
import io.kraft.engine.run.ReplayListener;
import io.kraft.engine.store.Store;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.timer.ManualScheduler;

/**
 * Makes engines in which runs only replay, of the definitions and choices of another one.
 */
record ReplayOnlyEngines(EngineSettings settings, Definitions definitions,
		PayloadConverter payloads) implements ReplayingEngine.Factory {

	/**
	 * An engine that is not started.
	 */
	KraftEngine create(Supplier<Store> store, ManualScheduler time, Supplier<WorkInFlight> work,
			ReplayListener listener) {
		return new KraftEngine(this.settings.replayOnly(store, time, work, listener), this.definitions,
				new ScheduleCatalog(List.of(), this.definitions.workflows()), this.payloads);
	}

	@Override
	public ReplayingEngine start(Supplier<Store> store, WorkInFlight work, ReplayListener listener) {
		KraftEngine engine = create(store, new ManualScheduler(Instant.EPOCH), () -> work, listener);
		engine.start();
		return new Started(engine);
	}

	private record Started(KraftEngine engine) implements ReplayingEngine {

		@Override
		public Store store() {
			return this.engine.execution(0).store();
		}

		@Override
		public void close() {
			this.engine.close();
		}

	}

}
