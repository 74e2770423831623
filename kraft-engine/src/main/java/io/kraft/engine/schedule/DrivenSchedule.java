package io.kraft.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.kraft.client.OverloadedException;
import io.kraft.client.ScheduleDescription;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.ScheduleDefinition.FireTimes;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.lifecycle.Clockwork;
import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.routing.Call;
import io.kraft.engine.store.ScheduleRow;
import io.kraft.engine.supervision.SafeLog;
import io.kraft.engine.timer.Scheduler.Scheduled;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schedule that fires: its alarm, the run that it waits for, and what operators do to
 * it. What is due is decided by {@link DueFireTimes}, and made durable by
 * {@link RecordedSchedule}. Thread-safe.
 */
final class DrivenSchedule {

	private static final Logger logger = LoggerFactory.getLogger(DrivenSchedule.class);

	/** How many fire times are recorded before other schedules have their turn. */
	private static final int BATCH = 100;

	private static final Duration OVERLOAD_PAUSE = Duration.ofSeconds(1);

	private final ScheduleDefinition definition;

	private final FireTimeRuns runs;

	private final Clockwork clockwork;

	private final ScheduleWorker worker;

	private final Consumer<KraftException> failureListener;

	private final ReentrantLock lock = new ReentrantLock();

	private final RecordedSchedule recorded;

	private final DueFireTimes due;

	/** The end of the run before, for which a misfire waits. */
	private @Nullable CompletableFuture<?> awaited;

	/** Distinguishes the present wait from those that were given up. */
	private int waits;

	private volatile @Nullable Scheduled alarm;

	DrivenSchedule(ScheduleDefinition definition, FireTimeRuns runs, Execution execution, Clockwork clockwork,
			ScheduleWorker worker, Consumer<KraftException> failureListener) {
		this.definition = definition;
		this.runs = runs;
		this.clockwork = clockwork;
		this.worker = worker;
		this.failureListener = failureListener;
		this.recorded = new RecordedSchedule(definition, runs, execution, clockwork.clock());
		this.due = new DueFireTimes(definition);
	}

	/**
	 * Makes sure that there is a row, and fires. A schedule that is new, or has got
	 * another plan, counts its fire times from now on.
	 * @param takenOver whether the engine runs already
	 */
	void start(Instant now, boolean takenOver) {
		this.lock.lock();
		try {
			this.recorded.begin(now);
			this.due.begin(now, takenOver);
			armOrWork();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void armOrWork() {
		ScheduleRow row = row();
		Instant next = row.paused() ? null : fireTimes().after(row.recordedUntil());
		if (next == null) {
			return;
		}
		if (next.isAfter(now())) {
			arm(next);
		}
		else {
			this.worker.execute(this::work);
		}
	}

	private void work() {
		this.lock.lock();
		try {
			if (!row().paused() && this.awaited == null) {
				recordSome();
			}
		}
		catch (OverloadedException ex) {
			logger.warn("Schedule '{}' tries again soon: {}", this.definition.name(), ex.getMessage());
			arm(now().plus(OVERLOAD_PAUSE));
		}
		catch (KraftException ex) {
			if (!this.worker.isStopped()) {
				this.failureListener.accept(ex);
			}
		}
		catch (RuntimeException ex) {
			SafeLog.error(logger,
					"Schedule '" + this.definition.name() + "' failed, and does not fire before the next start", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void recordSome() {
		for (int i = 0; i < BATCH; i++) {
			Instant fireTime = this.due.next(row().recordedUntil(), now());
			if (fireTime == null || !decide(fireTime)) {
				break;
			}
		}
		if (this.awaited == null) {
			armOrWork();
		}
	}

	/**
	 * Runs or skips a due fire time.
	 * @return false if it has to wait for the run before
	 */
	private boolean decide(Instant fireTime) {
		switch (this.due.decide(fireTime, () -> this.runs.isOpen(row().lastRun()))) {
			case RUN -> this.recorded.run(fireTime);
			case SKIP_MISFIRE -> this.recorded.skip(fireTime, "it is a misfire");
			case SKIP_OVERLAP -> this.recorded.skip(fireTime, "the run of the fire time before has not ended");
			case WAIT -> {
				awaitRunBefore();
				return false;
			}
		}
		return true;
	}

	private void awaitRunBefore() {
		Instant before = row().lastRun();
		if (before != null) {
			CompletableFuture<?> completion = this.runs.completion(before);
			this.awaited = completion;
			int wait = ++this.waits;
			var unused = completion.whenComplete((value, failure) -> this.worker.execute(() -> {
				if (failure != null) {
					lookAgainLater(wait);
				}
				else {
					continueAfter(wait);
				}
			}));
		}
	}

	/** The engine stops, or the partition of that run does. */
	private void lookAgainLater(int wait) {
		this.lock.lock();
		try {
			if (this.awaited != null && wait == this.waits) {
				this.awaited = null;
				arm(now().plus(OVERLOAD_PAUSE));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void continueAfter(int wait) {
		this.lock.lock();
		try {
			if (this.awaited == null || wait != this.waits) {
				return;
			}
			this.awaited = null;
			this.due.haveWaited(now());
		}
		finally {
			this.lock.unlock();
		}
		work();
	}

	/**
	 * Does not fire until it is resumed.
	 */
	void pause(WrittenAnswer answer) {
		this.lock.lock();
		try {
			if (!row().paused()) {
				this.recorded.record(row().toPaused(), answer);
				disarm();
				giveUpWaiting();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Fires again, beginning with the first fire time after now.
	 */
	void resume(WrittenAnswer answer) {
		this.lock.lock();
		try {
			if (row().paused()) {
				this.recorded.record(row().resumed(now()), answer);
				armOrWork();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void giveUpWaiting() {
		CompletableFuture<?> completion = this.awaited;
		this.awaited = null;
		if (completion != null) {
			completion.cancel(false);
		}
	}

	/**
	 * Starts a run outside of the fire times.
	 * @return its id
	 */
	String trigger(Call call) {
		return this.runs.trigger(call);
	}

	/**
	 * What is known of it. Does not block.
	 */
	ScheduleDescription describe() {
		ScheduleRow row = row();
		Instant now = now();
		Instant from = row.recordedUntil().isAfter(now) ? row.recordedUntil() : now;
		return new ScheduleDescription(this.definition.name(), this.definition.workflow(),
				this.definition.description(), this.definition.zone(), row.paused(), row.lastFireTime(),
				row.paused() ? null : fireTimes().after(from));
	}

	private void arm(Instant at) {
		disarm();
		this.alarm = this.clockwork.scheduler().schedule(at, () -> this.worker.execute(this::work));
		if (this.worker.isStopped()) {
			disarm();
		}
	}

	/**
	 * Drops the alarm. Needs no lock.
	 */
	void disarm() {
		Scheduled alarm = this.alarm;
		if (alarm != null) {
			alarm.cancel();
		}
	}

	private ScheduleRow row() {
		return this.recorded.row();
	}

	private FireTimes fireTimes() {
		return this.definition.fireTimes();
	}

	private Instant now() {
		return this.clockwork.clock().instant();
	}

}
