package io.kraft.engine.kill;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiPredicate;

import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;

/**
 * A workflow of the load.
 *
 * @param rightEnd whether a run with this id may end like this
 * @param children how many runs a run that has returned has started
 * @param arguments with which clients start it
 */
record Scenario(WorkflowDefinition workflow, BiPredicate<String, String> rightEnd, int children,
		List<Object> arguments) {

	Scenario(WorkflowDefinition workflow, BiPredicate<String, String> rightEnd, int children) {
		this(workflow, rightEnd, children, List.of());
	}

	/**
	 * One without arguments and children.
	 * @param ends how it may end, whatever its id
	 */
	static Scenario of(String name, Callable<String> code, String... ends) {
		return of(name, code, (id, end) -> Set.of(ends).contains(end));
	}

	static Scenario of(String name, Callable<String> code, BiPredicate<String, String> rightEnd) {
		return new Scenario(WorkflowDefinition.of(name, MethodSignature.of(String.class), (arguments) -> code.call()),
				rightEnd, 0);
	}

	Scenario withChildren(int children) {
		return new Scenario(this.workflow, this.rightEnd, children, this.arguments);
	}

	Scenario withMaxConcurrent(int max) {
		return new Scenario(this.workflow.withMaxConcurrent(max), this.rightEnd, this.children, this.arguments);
	}

	String name() {
		return this.workflow.name();
	}

	/**
	 * Whether a run fails until it is mended, and may go on when it has ended.
	 */
	static boolean isMended(String id) {
		return id.contains("mend");
	}

	/**
	 * What a run's id makes it do.
	 * @return from 0 to below the number of kinds
	 */
	static int kind(String id, int kinds) {
		return Math.floorMod(id.hashCode(), kinds);
	}

}
