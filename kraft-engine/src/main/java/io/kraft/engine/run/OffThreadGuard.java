package io.kraft.engine.run;

import io.kraft.workflow.InvalidCallException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses or reports calls on a thread that the code of a run has started: they look like
 * operations of the run, but are not. Thread-safe.
 */
public final class OffThreadGuard {

	private static final Logger logger = LoggerFactory.getLogger(OffThreadGuard.class);

	private static final String INSTEAD = "Make the call on the run's own thread, or in async(…) or parallel(…) of the "
			+ "context, or start the thread in a step";

	private OffThreadGuard() {
	}

	/**
	 * Checks that no run's code has started the calling thread.
	 * @param what was done, as the beginning of a sentence
	 * @throws InvalidCallException if one has, beyond doubt, and that is to be refused
	 */
	public static void check(String what) {
		ThreadOrigin origin = ThreadOrigin.ofCaller();
		if (origin == null || origin.calls() == OffThreadCalls.ALLOW) {
			return;
		}
		boolean isCertain = ThreadOrigin.isCertain();
		boolean isRefused = isCertain && origin.calls() == OffThreadCalls.REFUSE;
		if (origin.isToBeWarnedOf()) {
			LoadedRun run = origin.run();
			LogContext.about(run.id(), run.definition().name(),
					() -> logger.warn("{}{}", describe(what, run, isCertain), isRefused ? ". It is refused" : ""));
		}
		if (isRefused) {
			throw new InvalidCallException(describe(what, origin.run(), true) + ", or let such calls pass with "
					+ "kraft.engine.off-thread-calls=warn. See docs/reference/errors.md#kraft-1008");
		}
	}

	private static String describe(String what, LoadedRun run, boolean isCertain) {
		String name = Thread.currentThread().getName();
		return what + " on " + (name.isEmpty() ? "a thread" : "the thread '" + name + "',")
				+ " which works for the code of run '" + run.id() + "'"
				+ (isCertain ? "" : ", but may work for others, too")
				+ ". A call there is no operation of the run: it is " + "not recorded, and each replay makes it again. "
				+ INSTEAD;
	}

}
