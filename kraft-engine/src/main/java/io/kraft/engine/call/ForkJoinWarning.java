package io.kraft.engine.call;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.CallerStack;
import io.kraft.engine.run.OffThreadCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of a step that is called in a fork-join task on the run's own thread, such as
 * that of a parallel stream: a part of its elements is processed there, as it happens,
 * and recorded; the others are on threads of the common pool, where nothing shows that
 * they belong to the run. Looks at the first calls of each step in each workflow only,
 * because a check is expensive and code does not change. Thread-safe.
 */
final class ForkJoinWarning {

	private static final Logger logger = LoggerFactory.getLogger(ForkJoinWarning.class);

	private static final int LOOKS = 4;

	/** As many as the application has steps and workflows that call them. */
	private final Map<Place, AtomicInteger> looks = new ConcurrentHashMap<>();

	/**
	 * Looks at a call.
	 * @param branch of the calling thread
	 */
	void check(Branch branch, StepDefinition step) {
		AtomicInteger before = this.looks.computeIfAbsent(new Place(branch.run().definition().name(), step.name()),
				(place) -> new AtomicInteger());
		if (before.get() >= LOOKS || before.getAndIncrement() >= LOOKS
				|| branch.run().environment().settings().offThreadCalls() == OffThreadCalls.ALLOW
				|| !CallerStack.isInForkJoinTask()) {
			return;
		}
		before.set(LOOKS);
		logger.warn(
				"Step '{}' is called by the code of run '{}' in a fork-join task, such as that of a parallel stream. "
						+ "On the run's own thread it is recorded; on the threads of the pool it is not, "
						+ "and a replay takes another path. Use a sequential stream, or parallel(…) of the context",
				step.name(), branch.run().id());
	}

	/**
	 * Where a step is called.
	 */
	private record Place(String workflow, String step) {
	}

}
