package io.kraft.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.kraft.client.OverloadedException;
import io.kraft.client.ScheduleDescription;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.ScheduleDefinition.Ticks;
import io.kraft.engine.execution.Clockwork;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.execution.StartRequest;
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
 * A schedule that ticks. Thread-safe.
 * <p>
 * Ticks are settled in their order, each in one commit: as run, together with the start
 * of the run, or as skipped, with all that came before it. Crash before the commit:
 * nothing has happened, and the tick is a missed one for the next start. After it: the
 * tick is settled, and its run is executed by the next owner.
 * <p>
 * A tick is missed if it passed before the start of the engine. While the engine runs,
 * the newest tick is on time, however late it is noticed; those that it has overtaken are
 * missed, too.
 */
final class DrivenSchedule {

	private static final Logger logger = LoggerFactory.getLogger(DrivenSchedule.class);

	/** How many ticks are settled before other schedules have their turn. */
	private static final int TICKS_AT_ONCE = 100;

	private static final Duration OVERLOAD_PAUSE = Duration.ofSeconds(1);

	private final ScheduleDefinition definition;

	private final TickRuns runs;

	private final Execution execution;

	private final Clockwork clockwork;

	private final ScheduleWorker worker;

	private final Consumer<KraftException> failureListener;

	private final ReentrantLock lock = new ReentrantLock();

	/** As it is durable; null before the start. */
	private volatile @Nullable ScheduleRow row;

	/** Ticks up to here are missed. */
	private Instant missedUntil = Instant.MIN;

	/** Ticks up to here, unless missed, came while a run was waited for. */
	private Instant overlappedUntil = Instant.MIN;

	/** The end of the run before, for which a missed tick waits. */
	private @Nullable CompletableFuture<?> awaited;

	/** Tells the present wait from those that were given up. */
	private int waits;

	private volatile @Nullable Scheduled alarm;

	DrivenSchedule(ScheduleDefinition definition, TickRuns runs, Execution execution, Clockwork clockwork,
			ScheduleWorker worker, Consumer<KraftException> failureListener) {
		this.definition = definition;
		this.runs = runs;
		this.execution = execution;
		this.clockwork = clockwork;
		this.worker = worker;
		this.failureListener = failureListener;
	}

	/**
	 * Makes sure that there is a row, and ticks. A schedule that is new, or has got
	 * another plan, counts its ticks from now on.
	 */
	void start(Instant now) {
		this.lock.lock();
		try {
			ScheduleRow found = this.execution.store().schedule(this.definition.name()).orElse(null);
			if (found == null) {
				record(ScheduleRow.begin(this.definition.name(), this.definition.plan(), now));
			}
			else if (!found.plan().equals(this.definition.plan())) {
				logger.info("Schedule '{}' is now '{}' instead of '{}'; its ticks count from {} on", found.name(),
						this.definition.plan(), found.plan(), now);
				record(found.replanned(this.definition.plan(), now));
			}
			else {
				this.row = found;
			}
			this.missedUntil = now;
			armOrWork();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void armOrWork() {
		ScheduleRow row = row();
		Instant next = row.paused() ? null : ticks().after(row.settledUntil());
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
				settleSome();
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
			logger.error("Schedule '{}' failed, and does not tick before the next start", this.definition.name(), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void settleSome() {
		for (int i = 0; i < TICKS_AT_ONCE; i++) {
			Instant tick = dueTick();
			if (tick == null || !settle(tick)) {
				break;
			}
		}
		if (this.awaited == null) {
			armOrWork();
		}
	}

	/**
	 * The tick to settle next; null if none is due. Unless each missed one is to be run,
	 * it is the newest one, and settles those before it.
	 */
	private @Nullable Instant dueTick() {
		Instant now = now();
		Instant settled = row().settledUntil();
		Instant first = ticks().after(settled);
		if (first == null || first.isAfter(now)) {
			return null;
		}
		boolean missed = !first.isAfter(this.missedUntil);
		if (this.definition.catchUp() != CatchUp.ALL) {
			boolean behind = missed && this.missedUntil.isBefore(now);
			return ticks().newest(settled, behind ? this.missedUntil : now);
		}
		if (!missed && first.isAfter(this.overlappedUntil) && isOvertaken(first, now)) {
			this.missedUntil = now;
		}
		return first;
	}

	private boolean isOvertaken(Instant tick, Instant now) {
		Instant following = ticks().after(tick);
		return following != null && !following.isAfter(now);
	}

	/**
	 * Settles a due tick.
	 * @return false if it has to wait for the run before
	 */
	private boolean settle(Instant tick) {
		boolean missed = !tick.isAfter(this.missedUntil);
		if (missed && this.definition.catchUp() == CatchUp.NONE) {
			skip(tick, "it was missed");
			return true;
		}
		if (this.definition.overlap() == Overlap.SKIP) {
			boolean open = this.runs.isOpen(row().lastRun());
			if (missed && open) {
				awaitRunBefore();
				return false;
			}
			if (open || (!missed && !tick.isAfter(this.overlappedUntil))) {
				skip(tick, "the run of the tick before has not ended");
				return true;
			}
		}
		run(tick);
		return true;
	}

	private void run(Instant tick) {
		StartRequest request;
		try {
			request = this.runs.ofTick(tick);
		}
		catch (RuntimeException ex) {
			logger.error("Schedule '{}' cannot start the run of {}", this.definition.name(), tick, ex);
			skip(tick, "its run cannot be started");
			return;
		}
		ScheduleRow next = row().ran(tick);
		try {
			this.runs.start(request, next);
			this.row = next;
		}
		catch (WorkflowAlreadyExistsException ex) {
			logger.error("Schedule '{}' cannot start the run of {}: {}", this.definition.name(), tick, ex.getMessage());
			skip(tick, "its id is taken");
		}
	}

	private void skip(Instant tick, String reason) {
		record(row().skipped(tick));
		logger.info("Schedule '{}' skips {}: {}", this.definition.name(), tick, reason);
	}

	private void record(ScheduleRow next) {
		this.execution.commit(List.of(new Change.ScheduleChanged(next)));
		this.row = next;
	}

	private void awaitRunBefore() {
		Instant before = row().lastRun();
		if (before != null) {
			CompletableFuture<?> end = this.runs.end(before);
			this.awaited = end;
			int wait = ++this.waits;
			var unused = end.whenComplete((value, failure) -> this.worker.execute(() -> goOnAfter(wait)));
		}
	}

	private void goOnAfter(int wait) {
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
	 * Ticks no more, until it is resumed.
	 */
	void pause() {
		this.lock.lock();
		try {
			if (!row().paused()) {
				record(row().resting());
				disarm();
				giveUpWaiting();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ticks again, with what comes after now.
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
		CompletableFuture<?> end = this.awaited;
		this.awaited = null;
		if (end != null) {
			end.cancel(false);
		}
	}

	/**
	 * Starts a run outside of the ticks.
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
		Instant from = row.settledUntil().isAfter(now) ? row.settledUntil() : now;
		return new ScheduleDescription(this.definition.name(), this.definition.workflow(),
				this.definition.description(), this.definition.zone(), row.paused(),
				Optional.ofNullable(row.lastTick()),
				row.paused() ? Optional.empty() : Optional.ofNullable(ticks().after(from)));
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

	private Ticks ticks() {
		return this.definition.ticks();
	}

	private Instant now() {
		return this.clockwork.clock().instant();
	}

}
