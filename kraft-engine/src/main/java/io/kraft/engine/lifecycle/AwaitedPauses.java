package io.kraft.engine.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import io.kraft.engine.run.LogContext;
import io.kraft.engine.store.RunRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns that the end of a paused run is waited for, which does not come by itself: once
 * for each pause, and at most once a minute for callers that come to wait afterwards.
 * Thread-safe.
 */
public final class AwaitedPauses {

	private static final Logger logger = LoggerFactory.getLogger(AwaitedPauses.class);

	private static final Duration QUIET = Duration.ofMinutes(1);

	private static final int MAX_REMEMBERED = 1000;

	private final InstantSource clock;

	/** The last warnings, by the run's number. */
	private final Map<Long, Warning> warnings = new LinkedHashMap<>();

	public AwaitedPauses(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Warns, unless it has done so just before.
	 * @param row of a paused run that a caller waits for
	 */
	public void warn(RunRow row) {
		if (isDue(row)) {
			LogContext.about(row,
					() -> logger.warn(
							"A caller waits for the end of run '{}' ({}), which is paused: {}. It waits "
									+ "until the run is resumed, or is ended with failRun or terminate. "
									+ "kraft.client.call-timeout bounds the wait of direct calls",
							row.id(), row.name(), row.reason()));
		}
	}

	private boolean isDue(RunRow row) {
		Instant now = this.clock.instant();
		synchronized (this.warnings) {
			Warning last = this.warnings.remove(row.number());
			boolean isDue = last == null || last.revision() != row.revision() || !now.isBefore(last.at().plus(QUIET));
			this.warnings.put(row.number(), isDue ? new Warning(row.revision(), now) : last);
			if (this.warnings.size() > MAX_REMEMBERED) {
				this.warnings.remove(this.warnings.keySet().iterator().next());
			}
			return isDue;
		}
	}

	/**
	 * A line in the log.
	 *
	 * @param revision of the row that it was about
	 */
	private record Warning(long revision, Instant at) {
	}

}
