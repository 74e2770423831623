package io.kraft.engine.store.kv;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Position;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The timers that a run must have, or may have, by its row and its journal.
 */
final class RunTimers {

	/** What the row of a scheduled run has before the time. */
	private RunTimers() {
	}

	/**
	 * The timers of a run that has not ended.
	 */
	static List<Expected> of(RunRow row, OpenWaits waits) {
		List<Expected> timers = new ArrayList<>();
		Timer start = row.startTimer();
		if (start != null) {
			timers.add(new Expected(start, true, "its start"));
		}
		Instant deadline = waits.deadline();
		if (deadline != null && timers.stream().noneMatch((begin) -> begin.timer().dueAt().equals(deadline))) {
			timers.add(new Expected(new Timer(deadline, row.number(), Position.ROOT), true, "its deadline"));
		}
		waits.open().forEach((position, open) -> {
			switch (open) {
				case OpenWaits.Open.Due(Instant at) ->
					timers.add(new Expected(new Timer(at, row.number(), position), true, "the wait at " + position));
				// The timer goes when the attempt begins, and none is set for a short
				// wait,
				// during which the run is not suspended.
				case OpenWaits.Open.Retry(Instant at) -> timers.add(new Expected(new Timer(at, row.number(), position),
						row.status() == WorkflowStatus.SUSPENDED, "the retry at " + position));
				case OpenWaits.Open.Child child -> {
				}
			}
		});
		return timers;
	}

	/**
	 * A timer that may be there.
	 *
	 * @param required whether it must be
	 * @param purpose for messages
	 */
	record Expected(Timer timer, boolean required, String purpose) {
	}

}
