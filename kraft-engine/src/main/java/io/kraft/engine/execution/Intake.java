package io.kraft.engine.execution;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.supervision.Supervision;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Whether an execution takes work: until it stops or fails, and never again. Thread-safe.
 */
final class Intake {

	private final Supervision supervision;

	private volatile @Nullable KraftException cause;

	private volatile boolean failed;

	/** Where there is no memory for more. */
	private final KraftException failedAtOnce = new EngineStoppedException(
			"the engine has stopped taking work, because it failed. Its health has the cause. What was acknowledged is "
					+ "safe. Fix the cause and restart. See docs/reference/errors.md#kraft-3007");

	Intake(Supervision supervision) {
		this.supervision = supervision;
	}

	/**
	 * Returns if it takes work.
	 * @throws KraftException why it does not
	 */
	void check() {
		if (this.cause != null || this.supervision.hasFailed()) {
			throw cause();
		}
	}

	/** Refuses from now on, because the engine has failed. */
	void fail(KraftException failure) {
		this.failed = true;
		this.cause = new EngineStoppedException("the engine has stopped taking work, because it failed: "
				+ failure.getMessage()
				+ " What was acknowledged is safe. Fix the cause and restart. See docs/reference/errors.md#kraft-3007",
				failure);
	}

	/** Refuses from now on, if it does not already, because the engine is stopped. */
	void stop() {
		if (this.cause == null) {
			this.cause = new EngineStoppedException("the engine is stopping. What was acknowledged is safe and "
					+ "continues after the next start. See docs/reference/errors.md#kraft-3007");
		}
	}

	boolean hasFailed() {
		return this.failed;
	}

	/** Of one that takes no work any more. */
	KraftException cause() {
		KraftException cause = this.cause;
		return (cause != null) ? cause : this.failedAtOnce;
	}

}
