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

	/** What the row of a scheduled run says, before the time. */
	private static final String BEGIN = "start, due ";

	private RunTimers() {
	}

	/**
	 * The timers of a run that has not ended; null if they are not known.
	 */
	static @Nullable List<Expected> of(RunRow row, OpenWaits waits) {
		List<Expected> timers = new ArrayList<>();
		if (row.status() == WorkflowStatus.SCHEDULED) {
			Instant begin = begin(row);
			if (begin == null) {
				return null;
			}
			timers.add(new Expected(new Timer(begin, row.number(), Position.ROOT), true, "its start"));
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
	 * When a scheduled run is to begin; null if its row does not say.
	 */
	static @Nullable Instant begin(RunRow row) {
		String text = row.waitingFor();
		if (text == null || !text.startsWith(BEGIN)) {
			return null;
		}
		try {
			return Instant.parse(text.substring(BEGIN.length()));
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * A timer that may be there.
	 *
	 * @param required whether it must be
	 * @param purpose for people
	 */
	record Expected(Timer timer, boolean required, String purpose) {
	}

}
