package io.kraft.engine.simulation;

import java.util.List;

/**
 * An operation of a generated workflow. Names are unique within a plan, so that an entry
 * of a journal tells which operation it is about.
 */
sealed interface Op {

	String name();

	/**
	 * A step.
	 *
	 * @param failures how many of its attempts fail, over all lives; three in a row are
	 * its failure
	 * @param slow whether it waits for seconds between attempts
	 * @param gated whether its body blocks until the simulation lets it go on
	 * @param caught whether the workflow goes on after its failure
	 */
	record Step(String name, Flavor flavor, int failures, boolean slow, boolean gated, boolean caught) implements Op {
	}

	/**
	 * What is special about a step.
	 */
	enum Flavor {

		PLAIN, AT_MOST_ONCE, COMPENSATED

	}

	record Sleep(String name, long millis) implements Op {
	}

	record SideEffect(String name) implements Op {
	}

	record SetState(String name) implements Op {
	}

	record Publish(String name) implements Op {
	}

	record ReadTime(String name) implements Op {
	}

	record DrawUuid(String name) implements Op {
	}

	record Patched(String name) implements Op {
	}

	/**
	 * The wait for a signal.
	 *
	 * @param millis longest wait; 0 means any time
	 */
	record AwaitSignal(String name, String signal, long millis) implements Op {
	}

	record AwaitCallback(String name) implements Op {
	}

	/**
	 * A child run.
	 *
	 * @param awaited whether the parent waits for it at once, or at its end
	 */
	record Child(String name, String workflow, int program, boolean awaited) implements Op {
	}

	record Branches(String name, List<List<Op>> branches) implements Op {
	}

	/**
	 * Signals to another run.
	 *
	 * @param times how many, each with its number behind a {@code #}; a single one has
	 * none
	 */
	record SendSignal(String name, String target, String signal, int times) implements Op {
	}

	record OnFailure(String name) implements Op {
	}

	record Shielded(String name, List<Op> ops) implements Op {
	}

	record Fail(String name) implements Op {
	}

	/**
	 * The run continues as new, up to two times.
	 */
	record ContinueAsNew(String name) implements Op {
	}

}
