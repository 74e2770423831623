package io.kraft.test.call;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.run.Branch;
import io.kraft.workflow.StepContext;

/**
 * How often the bodies of steps were entered. Thread-safe.
 */
public final class BodyCounts {

	private final Map<String, Counted> entries = new TreeMap<>();

	/**
	 * The calling thread enters the body of a step; it counts if that is one of a run.
	 */
	void entered(StepDefinition step) {
		if (Branch.current() == null) {
			return;
		}
		StepContext context = StepContext.current();
		BodyEntry entry = new BodyEntry(context.workflowId(), step.name(), context.idempotencyKey(), context.attempt(),
				step.delivery());
		synchronized (this) {
			this.entries.merge(entry.key() + " " + entry.step() + " " + entry.attempt(), new Counted(entry, 1),
					(before, one) -> new Counted(entry, before.times() + 1));
		}
	}

	/**
	 * What was entered, and how often.
	 */
	public synchronized List<Counted> all() {
		return List.copyOf(this.entries.values());
	}

	/**
	 * Forgets everything.
	 */
	public synchronized void clear() {
		this.entries.clear();
	}

	/**
	 * A body, and how often it was entered.
	 */
	public record Counted(BodyEntry entry, int times) {
	}

}
