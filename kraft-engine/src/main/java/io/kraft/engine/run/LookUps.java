package io.kraft.engine.run;

import java.time.Duration;
import java.util.function.Supplier;

import io.kraft.engine.routing.Activity;
import io.kraft.engine.timer.Scheduler.Scheduled;
import io.kraft.workflow.KraftException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at runs of other partitions for the code of a run. What cannot be reached now is
 * no answer, and is not recorded as one: it is looked at again, until it is reached.
 */
public final class LookUps {

	private static final Logger logger = LoggerFactory.getLogger(LookUps.class);

	private static final Duration DELAY = Duration.ofSeconds(1);

	private LookUps() {
	}

	/**
	 * Looks until there is an answer, on the thread of the run. A cancellation that comes
	 * meanwhile is noticed at the next wait: what is looked for has no outcome before.
	 * @throws RunUnwound if the run does not continue here, because it is terminated or
	 * paused, or the engine stops
	 */
	public static <T> T untilReached(LoadedRun run, Supplier<T> look) {
		while (true) {
			try {
				return look.get();
			}
			catch (KraftException ex) {
				awaitNext(run, ex);
			}
		}
	}

	private static void awaitNext(LoadedRun run, KraftException cause) {
		run.continuation().check();
		Branch branch = Branch.current();
		if (branch == null) {
			throw run.continuation().pause(cause);
		}
		logger.warn("Run '{}' waits for another partition: {}", run.id(), cause.getMessage());
		RunEnvironment environment = run.environment();
		WaitLatch latch = new WaitLatch();
		Scheduled alarm = environment.scheduler().schedule(environment.clock().instant().plus(DELAY), latch::signal);
		branch.show(Activity.waitingFor("another partition"));
		try {
			run.parking().inMemoryAlsoCancelled(branch, latch);
		}
		finally {
			branch.show(Activity.NONE);
			alarm.cancel();
		}
	}

}
