package io.kraft.engine.run;

import java.util.concurrent.locks.LockSupport;

import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.supervision.WorkInFlight;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the execution of code that does not let its stack be unwound, because it catches
 * everything in a loop without end. Used by the branch's own thread only.
 * <p>
 * Its thread would spin on a carrier, and as many such threads as there are carriers
 * would stop every virtual thread of the process. So it is parked for good, without its
 * carrier, and another thread does what is left to be done for the branch: the run leaves
 * memory as any other, and may be loaded again.
 */
final class StrandedThread {

	/** A loop that ends by itself rarely comes so far. */
	private static final int MAX_UNWINDINGS = 100;

	private static final Logger logger = LoggerFactory.getLogger(StrandedThread.class);

	private final Branch branch;

	private int unwindings;

	private @Nullable Runnable action;

	StrandedThread(Branch branch) {
		this.branch = branch;
	}

	void whenStranded(Runnable action) {
		this.action = action;
	}

	/**
	 * The stack is about to be unwound. Does not return if that has been tried often
	 * enough.
	 */
	void count() {
		Runnable action = this.action;
		if (++this.unwindings <= MAX_UNWINDINGS || action == null) {
			return;
		}
		this.action = null;
		WorkInFlight work = this.branch.run().environment().partition().work();
		Supervision supervision = this.branch.run().environment().partition().supervision();
		Runnable counted = work.counted(action);
		Supervision.untilDone(() -> supervision.threads().virtual("kraft-run-stranded", counted).start());
		work.end();
		log();
		parkForGood();
	}

	private void log() {
		try {
			logger.error(
					"The code of {} has caught the error with which its stack is unwound {} times in a row: its thread "
							+ "is parked for good, and is not given back before the process ends. Let the error pass: "
							+ "catch Exception instead of Throwable, or leave the loop",
					this.branch.description(), MAX_UNWINDINGS);
		}
		catch (Throwable ex) {
			// It is parked all the same.
		}
	}

	private void parkForGood() {
		while (true) {
			LockSupport.park(this);
			// An interrupt would let it spin.
			Thread.interrupted();
		}
	}

}
