package io.kraft.engine.run;

import io.kraft.engine.store.RunRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the lifecycle of runs at {@code DEBUG}: a line each time that one begins, is
 * loaded, has replayed, waits, is woken, ends, or leaves memory otherwise.
 */
public final class RunLog {

	private static final Logger logger = LoggerFactory.getLogger(RunLog.class);

	private RunLog() {
	}

	/**
	 * The run begins to execute in this process.
	 * @param announced whether it is new, and was never on disk only
	 */
	static void begun(RunRow row, boolean announced) {
		logger.debug("Run '{}' ({}, version {}) {}", row.id(), row.name(), row.version(),
				announced ? "is started" : "executes");
	}

	/**
	 * The run was read into memory.
	 * @param cause what it was loaded for
	 * @param operations how many its journal holds
	 */
	public static void loaded(RunRow row, Object cause, int operations) {
		if (logger.isDebugEnabled()) {
			LogContext.about(row, () -> logger.debug("Run '{}' ({}) is loaded by {}; {} operations are recorded",
					row.id(), row.name(), cause, operations));
		}
	}

	/**
	 * The code has asked for everything that its journal holds.
	 */
	static void replayed(String run, int operations) {
		logger.debug("Run '{}' has replayed {} operations and continues", run, operations);
	}

	static void parked(LoadedRun run) {
		logger.debug("Run '{}' waits in memory: {}", run.id(), run.journal().row().waitingFor());
	}

	static void woken(LoadedRun run) {
		logger.debug("Run '{}' is woken in memory", run.id());
	}

	/**
	 * The run has left memory.
	 * @param outcome how it ended, or why else it leaves
	 */
	public static void left(LoadedRun run, Object outcome) {
		logger.debug("Run '{}' ({}) leaves memory: {}", run.id(), run.definition().name(), outcome);
	}

}
