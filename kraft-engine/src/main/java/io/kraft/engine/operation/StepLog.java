package io.kraft.engine.operation;

import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LogContext;
import io.kraft.engine.supervision.SafeLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs how the attempts of steps fail: each that is followed by another in one line, the
 * last one with its stack trace.
 */
final class StepLog {

	private static final Logger logger = LoggerFactory.getLogger(StepLog.class);

	/** Causes below are not looked at: the chain may be a circle. */
	private static final int MAX_DEPTH = 64;

	private StepLog() {
	}

	/**
	 * An attempt failed and is followed by another.
	 */
	static void retried(LoadedRun run, StepDefinition step, int attempt, Throwable failure) {
		Throwable root = rootOf(failure);
		LogContext.aboutStep(step.name(),
				() -> logger.info("Attempt {} of step '{}' of run '{}' failed and is followed by another: {}{}",
						attempt, step.name(), run.id(), line(failure),
						isSame(root, failure) ? "" : "; its root cause: " + line(root)));
	}

	/**
	 * A step failed for good.
	 */
	static void failed(LoadedRun run, StepDefinition step, Position position, int attempts, Throwable failure) {
		LogContext
			.aboutStep(step.name(),
					() -> SafeLog
						.warn(logger,
								"Step '" + step.name() + "' of run '" + run.id() + "' at position " + position
										+ " failed" + ((attempts > 1) ? " after " + attempts + " attempts" : ""),
								failure));
	}

	private static Throwable rootOf(Throwable failure) {
		Throwable root = failure;
		for (int depth = 0; depth < MAX_DEPTH; depth++) {
			Throwable cause = Failures.causeOf(root);
			if (cause == null) {
				break;
			}
			root = cause;
		}
		return root;
	}

	@SuppressWarnings("ReferenceEquality") // Exceptions may have any notion of equality.
	private static boolean isSame(Throwable one, Throwable other) {
		return one == other;
	}

	private static String line(Throwable failure) {
		return Failures.describe(failure);
	}

}
