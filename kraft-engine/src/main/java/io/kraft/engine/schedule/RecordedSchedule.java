package io.kraft.engine.schedule;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.ScheduleRow;
import io.kraft.engine.supervision.SafeLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schedule as it is durable. Written by one thread at a time; read by any.
 * <p>
 * Fire times are recorded in their order, each in one commit: as run, together with the
 * start of the run, or as skipped, with all that came before it. Crash before the commit:
 * nothing has happened, and the fire time is a misfire for the next start. After it: the
 * fire time is recorded, and its run is executed by the next owner.
 */
final class RecordedSchedule {

	private static final Logger logger = LoggerFactory.getLogger(RecordedSchedule.class);

	private final ScheduleDefinition definition;

	private final FireTimeRuns runs;

	private final Execution execution;

	private final InstantSource clock;

	/** Null before the start. */
	private volatile @Nullable ScheduleRow row;

	RecordedSchedule(ScheduleDefinition definition, FireTimeRuns runs, Execution execution, InstantSource clock) {
		this.definition = definition;
		this.runs = runs;
		this.execution = execution;
		this.clock = clock;
	}

	/**
	 * Makes sure that there is a row. A schedule that is new, or has got another plan,
	 * counts its fire times from now on.
	 */
	void begin(Instant now) {
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
	}

	/**
	 * As it is durable. Before the end of the start, or after one that failed, as it
	 * would begin.
	 */
	ScheduleRow row() {
		ScheduleRow row = this.row;
		return (row != null) ? row : ScheduleRow.begin(this.definition.name(), this.definition.plan(),
				this.clock.instant().truncatedTo(ChronoUnit.MILLIS));
	}

	/**
	 * Records what it is from now on.
	 */
	void record(ScheduleRow next) {
		record(next, WrittenAnswer.NONE);
	}

	/**
	 * Records what a caller has made of it.
	 */
	void record(ScheduleRow next, WrittenAnswer answer) {
		List<Change> changes = new ArrayList<>(answer.changes());
		changes.add(new Change.ScheduleChanged(next));
		this.execution.commit(changes);
		this.row = next;
	}

	/**
	 * Records that a fire time has no run.
	 * @param reason for the log
	 */
	void skip(Instant fireTime, String reason) {
		record(row().skipped(fireTime));
		logger.info("Schedule '{}' skips {}: {}", this.definition.name(), fireTime, reason);
	}

	/**
	 * Starts the run of a fire time; skips it where there cannot be one.
	 */
	void run(Instant fireTime) {
		StartRequest request;
		try {
			request = this.runs.ofFireTime(fireTime);
		}
		catch (RuntimeException ex) {
			SafeLog.error(logger, "Schedule '" + this.definition.name() + "' cannot start the run of " + fireTime, ex);
			skip(fireTime, "its run cannot be started");
			return;
		}
		ScheduleRow next = row().ran(fireTime);
		try {
			this.runs.start(request, fireTime, next);
			this.row = next;
		}
		catch (WorkflowAlreadyExistsException ex) {
			logger.error("Schedule '{}' cannot start the run of {}: {}", this.definition.name(), fireTime,
					ex.getMessage());
			skip(fireTime, "its id is taken");
		}
	}

}
