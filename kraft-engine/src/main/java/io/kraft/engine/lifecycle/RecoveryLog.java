package io.kraft.engine.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one line that reports that all runs that the last stop interrupted are loaded
 * again. Used by the loader's thread.
 */
final class RecoveryLog {

	private static final Logger log = LoggerFactory.getLogger(RecoveryLog.class);

	private final InstantSource clock;

	private final Instant begin;

	private boolean done;

	RecoveryLog(InstantSource clock) {
		this.clock = clock;
		this.begin = clock.instant();
	}

	/**
	 * Logs the line once, unless there was nothing to recover.
	 * @param runs that were loaded, or found unable to continue
	 */
	void finished(long runs) {
		if (this.done) {
			return;
		}
		this.done = true;
		if (runs > 0) {
			log.info("Recovery is done: {} interrupted {} in {} ms", runs, (runs == 1) ? "run" : "runs",
					Duration.between(this.begin, this.clock.instant()).toMillis());
		}
	}

}
