package io.kraft.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.kraft.client.OverloadedException;
import io.kraft.client.ScheduleDescription;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.ScheduleDefinition.FireTimes;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.lifecycle.Clockwork;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.ScheduleRow;
import io.kraft.engine.timer.Scheduler.Scheduled;
import io.kraft.workflow.CatchUp;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.Overlap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schedule that fires. Thread-safe.
 * <p>
 * Fire times are recorded in their order, each in one commit: as run, together with the
 * start of the run, or as skipped, with all that came before it. Crash before the commit:
 * nothing has happened, and the fire time is a misfire for the next start. After it: the
 * fire time is recorded, and its run is executed by the next owner.
 * <p>
 * A fire time is a misfire if it passed before the start of the engine. While the engine
 * runs, the newest fire time is on time, however late it is noticed; those that it has
 * overtaken are misfires, too.
 */
final class DrivenSchedule {

	private static final Logger logger = LoggerFactory.getLogger(DrivenSchedule.class);

	/** How many fire times are recorded before other schedules have their turn. */
	private static final int BATCH = 100;

	private static final Duration OVERLOAD_PAUSE = Duration.ofSeconds(1);

	private final ScheduleDefinition definition;

	private final FireTimeRuns runs;

	private final Execution execution;

	private final Clockwork clockwork;

	private final ScheduleWorker worker;

	private final Consumer<KraftException> failureListener;

	private final ReentrantLock lock = new ReentrantLock();

	/** As it is durable; null before the start. */
	private volatile @Nullable ScheduleRow row;

	/** Fire times up to here are misfires. */
	private Instant misfiresUntil = Instant.MIN;

	/** Fire times up to here, unless misfires, came while a run was waited for. */
	private Instant overlappedUntil = Instant.MIN;

	/** The end of the run before, for which a misfire waits. */
	private @Nullable CompletableFuture<?> awaited;

	/** Distinguishes the present wait from those that were given up. */
	private int waits;

	private volatile @Nullable Scheduled alarm;

	DrivenSchedule(ScheduleDefinition definition, FireTimeRuns runs, Execution execution, Clockwork clockwork,
			ScheduleWorker worker, Consumer<KraftException> failureListener) {
		this.definition = definition;
		this.runs = runs;
		this.execution = execution;
		this.clockwork = clockwork;
		this.worker = worker;
		this.failureListener = failureListener;
	}

	/**
	 * Makes sure that there is a row, and fires. A schedule that is new, or has got
	 * another plan, counts its fire times from now on.
	 */
	void start(Instant now) {
		this.lock.lock();
		try {
			ScheduleRow found = this.execution.store().schedule(this.definition.name()).orElse(null);
			if (found == null) {
				record(ScheduleRow.begin(this.definition.name(), this.definition.plan(), now));
			}
			else if (!found.plan().equals(this.definition.plan())) {
				logger.info("Schedule '{}' is now '{}' instead of '{}'; its fire times count from {} on", found.name(),
						this.definition.plan(), found.plan(), now);
				record(found.replanned(this.definition.plan(), now));
			}
			else {
				this.row = found;
			}
			this.misfiresUntil = now;
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
			logger.error("Schedule '{}' failed, and does not fire before the next start", this.definition.name(), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void recordSome() {
		for (int i = 0; i < BATCH; i++) {
			Instant fireTime = dueFireTime();
			if (fireTime == null || !decide(fireTime)) {
				break;
			}
		}
		if (this.awaited == null) {
			armOrWork();
		}
	}

	/**
	 * The fire time to record next; null if none is due. Unless each misfire is to be
	 * run, it is the newest one, and is recorded together with those before it.
	 */
	private @Nullable Instant dueFireTime() {
		Instant now = now();
		Instant recorded = row().recordedUntil();
		Instant first = fireTimes().after(recorded);
		if (first == null || first.isAfter(now)) {
			return null;
		}
		boolean misfire = !first.isAfter(this.misfiresUntil);
		if (this.definition.catchUp() != CatchUp.ALL) {
			boolean behind = misfire && this.misfiresUntil.isBefore(now);
			return fireTimes().newest(recorded, behind ? this.misfiresUntil : now);
		}
		if (!misfire && first.isAfter(this.overlappedUntil) && isOvertaken(first, now)) {
			this.misfiresUntil = now;
		}
		return first;
	}

	private boolean isOvertaken(Instant fireTime, Instant now) {
		Instant following = fireTimes().after(fireTime);
		return following != null && !following.isAfter(now);
	}

	/**
	 * Runs or skips a due fire time.
	 * @return false if it has to wait for the run before
	 */
	private boolean decide(Instant fireTime) {
		boolean misfire = !fireTime.isAfter(this.misfiresUntil);
		if (misfire && this.definition.catchUp() == CatchUp.NONE) {
			skip(fireTime, "it is a misfire");
			return true;
		}
		if (this.definition.overlap() == Overlap.SKIP) {
			boolean open = this.runs.isOpen(row().lastRun());
			if (misfire && open) {
				awaitRunBefore();
				return false;
			}
			if (open || (!misfire && !fireTime.isAfter(this.overlappedUntil))) {
				skip(fireTime, "the run of the fire time before has not ended");
				return true;
			}
		}
		run(fireTime);
		return true;
	}

	private void run(Instant fireTime) {
		StartRequest request;
		try {
			request = this.runs.ofFireTime(fireTime);
		}
		catch (RuntimeException ex) {
			logger.error("Schedule '{}' cannot start the run of {}", this.definition.name(), fireTime, ex);
			skip(fireTime, "its run cannot be started");
			return;
		}
		ScheduleRow next = row().ran(fireTime);
		try {
			this.runs.start(request, next);
			this.row = next;
		}
		catch (WorkflowAlreadyExistsException ex) {
			logger.error("Schedule '{}' cannot start the run of {}: {}", this.definition.name(), fireTime,
					ex.getMessage());
			skip(fireTime, "its id is taken");
		}
	}

	private void skip(Instant fireTime, String reason) {
		record(row().skipped(fireTime));
		logger.info("Schedule '{}' skips {}: {}", this.definition.name(), fireTime, reason);
	}

	private void record(ScheduleRow next) {
		this.execution.commit(List.of(new Change.ScheduleChanged(next)));
		this.row = next;
	}

	private void awaitRunBefore() {
		Instant before = row().lastRun();
		if (before != null) {
			CompletableFuture<?> completion = this.runs.completion(before);
			this.awaited = completion;
			int wait = ++this.waits;
			var unused = completion.whenComplete((value, failure) -> this.worker.execute(() -> continueAfter(wait)));
		}
	}

	private void continueAfter(int wait) {
		this.lock.lock();
		try {
			if (this.awaited == null || wait != this.waits) {
				return;
			}
			this.awaited = null;
			this.overlappedUntil = now();
		}
		finally {
			this.lock.unlock();
		}
		work();
	}

	/**
	 * Does not fire until it is resumed.
	 */
	void pause() {
		this.lock.lock();
		try {
			if (!row().paused()) {
				record(row().toPaused());
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
	void resume() {
		this.lock.lock();
		try {
			if (row().paused()) {
				record(row().resumed(now()));
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
	String trigger() {
		return this.runs.trigger();
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
		ScheduleRow row = this.row;
		// Before the end of the start, or after one that failed.
		return (row != null) ? row : ScheduleRow.begin(this.definition.name(), this.definition.plan(),
				now().truncatedTo(ChronoUnit.MILLIS));
	}

	private FireTimes fireTimes() {
		return this.definition.fireTimes();
	}

	private Instant now() {
		return this.clockwork.clock().instant();
	}

}
