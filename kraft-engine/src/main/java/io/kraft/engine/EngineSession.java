package io.kraft.engine;

import java.time.Duration;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.client.EventHub;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.ScheduleCatalog;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.lifecycle.Clockwork;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.schedule.Schedules;
import io.kraft.engine.store.Store;
import io.kraft.engine.supervision.SafeLog;
import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.timer.Scheduler;
import io.kraft.engine.timer.SupervisedScheduler;
import io.kraft.engine.timer.SystemScheduler;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine from one start to its stop: an open partition, and what executes its runs.
 * Thread-safe.
 */
final class EngineSession {

	private static final Logger logger = LoggerFactory.getLogger(KraftEngine.class);

	private final Partition partition;

	private final Execution execution;

	private final Schedules schedules;

	private final @Nullable Scheduler ownScheduler;

	private EngineSession(Partition partition, Execution execution, Schedules schedules,
			@Nullable Scheduler ownScheduler) {
		this.partition = partition;
		this.execution = execution;
		this.schedules = schedules;
		this.ownScheduler = ownScheduler;
	}

	/**
	 * Takes the ownership of a store; nothing executes yet. Whatever was opened is closed
	 * when this throws, so that the next start finds it free.
	 * @param store closed with the session
	 */
	static EngineSession open(Store store, EngineSettings settings, Definitions definitions, ScheduleCatalog catalog,
			PayloadConverter payloads, EventHub events) {
		Supervision supervision = new Supervision(settings.threads(), (failure) -> {
		});
		Scheduler own = null;
		Partition partition = null;
		try {
			Scheduler given = settings.scheduler();
			Scheduler scheduler = (given != null) ? given : new SystemScheduler(settings.clock(), supervision);
			own = (given == null) ? scheduler : null;
			CommitListeners listeners = new CommitListeners();
			listeners.add((batch) -> settings.observer().committed(batch.commits(), batch.sizeBytes(), batch.nanos()));
			listeners.add((batch) -> events.committed(batch.changes()));
			partition = Partition.open(store, listeners, supervision, settings.work().get());
			Clockwork clockwork = new Clockwork(settings.clock(), new SupervisedScheduler(scheduler, supervision),
					settings.random());
			Execution execution = new Execution(partition, definitions, clockwork, payloads, settings.observer(),
					settings.execution(), supervision::fail);
			listeners.add((batch) -> execution.completions().committed(batch.changes()));
			Schedules schedules = new Schedules(catalog, execution, clockwork, supervision::fail);
			supervision.whenFailed((cause) -> schedules.stop());
			supervision.whenFailed(EngineSession::log);
			return new EngineSession(partition, execution, schedules, own);
		}
		catch (Throwable ex) {
			closing(ex, (partition != null) ? partition::close : store::close);
			if (own != null) {
				closing(ex, own::close);
			}
			closing(ex, supervision::close);
			throw ex;
		}
	}

	private static void log(KraftException cause) {
		if (!(cause instanceof EngineStoppedException)) {
			// A store that reports this was cut off on purpose.
			SafeLog.error(logger, "The engine stops taking work: " + cause.getMessage(), cause);
		}
	}

	/**
	 * Continues what the store holds.
	 */
	void start(boolean firesSchedules) {
		this.execution.start();
		if (firesSchedules) {
			this.schedules.start();
		}
	}

	/**
	 * Takes no work, lets steps that run finish, and closes the store.
	 */
	void stop(Duration gracePeriod) {
		this.schedules.stop();
		this.execution.stop(gracePeriod);
		if (this.ownScheduler != null) {
			this.ownScheduler.close();
		}
		supervision().close();
	}

	/**
	 * Ends after a start that failed, whatever else fails then.
	 * @param cause gets what fails as suppressed
	 */
	void abandon(Throwable cause) {
		closing(cause, this.schedules::stop);
		closing(cause, () -> this.execution.stop(Duration.ZERO));
		if (this.ownScheduler != null) {
			closing(cause, this.ownScheduler::close);
		}
		closing(cause, supervision()::close);
	}

	private static void closing(Throwable cause, Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			cause.addSuppressed(ex);
		}
	}

	Partition partition() {
		return this.partition;
	}

	Execution execution() {
		return this.execution;
	}

	Schedules schedules() {
		return this.schedules;
	}

	Supervision supervision() {
		return this.partition.supervision();
	}

}
