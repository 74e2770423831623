package io.kraft.test.assertion;

import java.util.List;
import java.util.Set;

import io.kraft.client.OperationView;
import io.kraft.test.call.StepName;

/**
 * Assertions on how often a run has executed a step, or a compensation, to an outcome.
 */
public final class Executions {

	/** Kinds of what has a body: steps, and what compensates them. */
	private static final Set<String> KINDS = Set.of("step", "undo");

	private final RunAssert run;

	private final String step;

	private final int times;

	private Executions(RunAssert run, String step, int times) {
		this.run = run;
		this.step = step;
		this.times = times;
	}

	/**
	 * Those of one step.
	 * @param name of the step, or of its method
	 */
	static Executions count(RunAssert run, String name, List<OperationView> journal) {
		int times = (int) journal.stream()
			.filter((view) -> KINDS.contains(view.kind()) && StepName.isMeant(name, view.name())
					&& view.finishedAt() != null)
			.count();
		return new Executions(run, name, times);
	}

	/**
	 * Once.
	 */
	public RunAssert once() {
		return times(1);
	}

	/**
	 * Not at all.
	 */
	public RunAssert never() {
		return times(0);
	}

	/**
	 * So often.
	 */
	public RunAssert times(int expected) {
		if (this.times != expected) {
			throw this.run.failure("to have executed step '" + this.step + "' " + expected + " times, but it did "
					+ this.times + " times\n");
		}
		return this.run;
	}

}
