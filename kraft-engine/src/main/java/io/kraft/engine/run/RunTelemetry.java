package io.kraft.engine.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.engine.journal.JournalEntry.TraceKept;
import io.kraft.engine.journal.Origin;
import io.kraft.engine.observation.ObservedRun;
import io.kraft.engine.observation.RunObservation;
import io.kraft.engine.store.RunRow;

/**
 * What a run in memory reports of its execution: its observation, and what the log says
 * of it once. Thread-safe.
 */
public final class RunTelemetry {

	private final RunJournal journal;

	private final Replay replay;

	private final AtomicBoolean caughtUp = new AtomicBoolean();

	private final AtomicBoolean warned = new AtomicBoolean();

	private volatile RunObservation observation = RunObservation.NONE;

	RunTelemetry(RunJournal journal, Replay replay) {
		this.journal = journal;
		this.replay = replay;
	}

	/**
	 * The run begins to execute here.
	 * @param isNew whether it was never on disk only
	 */
	void begin(RunEnvironment environment, Origin origin, boolean isNew) {
		RunRow row = this.journal.row();
		RunLog.begun(row, isNew);
		Duration before = isNew ? Duration.ZERO : Duration.between(row.createdAt(), environment.clock().instant());
		TraceKept trace = origin.trace();
		this.observation = environment.observer()
			.observe(new ObservedRun(row.id(), row.name(), row.version(), before.isNegative() ? Duration.ZERO : before,
					(trace != null) ? trace.context() : Map.of()));
	}

	/**
	 * The observation of the run; one that does nothing before it begins.
	 */
	public RunObservation observation() {
		return this.observation;
	}

	/** The code has asked for an operation that is not recorded. */
	void noteCaughtUp() {
		if (this.replay.recorded() > 0 && this.replay.isOver() && this.caughtUp.compareAndSet(false, true)) {
			RunLog.replayed(this.journal.row().id(), this.replay.recorded());
		}
	}

	/**
	 * Whether this is the first warning about the run's arguments.
	 */
	public boolean warnsForTheFirstTime() {
		return this.warned.compareAndSet(false, true);
	}

}
