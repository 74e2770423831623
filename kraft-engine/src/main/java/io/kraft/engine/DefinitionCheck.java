package io.kraft.engine;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.NamedStep;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.json.TypeCheck;
import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.Names;
import io.kraft.workflow.VisibleText;
import io.kraft.workflow.WorkQueue;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds what no definition may have, wherever it comes from: names that are none, and
 * values of types that do more than hold data.
 */
final class DefinitionCheck {

	private final JsonMapper mapper;

	/** Overloads have the same problem twice. */
	private final TreeSet<String> problems = new TreeSet<>();

	DefinitionCheck(JsonMapper mapper) {
		this.mapper = mapper;
	}

	DefinitionCheck workflows(Collection<WorkflowDefinition> workflows) {
		workflows.forEach((workflow) -> check("workflow", workflow.name(), workflow.signature()));
		return this;
	}

	DefinitionCheck steps(Collection<NamedStep> steps) {
		steps.forEach((step) -> check("step", step.definition().name(), step.definition().signature()));
		return this;
	}

	DefinitionCheck queues(Collection<WorkQueue> queues) {
		queues.forEach((queue) -> checkName("queue", queue.name()));
		return this;
	}

	DefinitionCheck schedules(Collection<ScheduleDefinition> schedules) {
		schedules.forEach((schedule) -> checkName("schedule", schedule.name()));
		return this;
	}

	/**
	 * Ends with all problems, if there is one.
	 * @throws InvalidDefinitionException in that case
	 */
	void throwIfAny() {
		if (!this.problems.isEmpty()) {
			throw new InvalidDefinitionException(String.join("\n", this.problems)
					+ (this.problems.size() == 1 ? " " : "\n") + "See docs/reference/errors.md#kraft-1003");
		}
	}

	private void check(String kind, String name, MethodSignature signature) {
		checkName(kind, name);
		String owner = kind + " '" + VisibleText.escape(name) + "', ";
		List<Type> parameters = new ArrayList<>(signature.parameterTypes());
		for (int i = 0; i < parameters.size(); i++) {
			checkType(owner + "parameter " + (i + 1), parameters.get(i));
		}
		checkType(owner + "the result", signature.resultType());
	}

	private void checkName(String kind, String name) {
		String fault = Names.faultOf(name);
		if (fault != null) {
			this.problems.add("The name of a " + kind + " " + fault + ".");
		}
	}

	private void checkType(String place, Type type) {
		TypeCheck.refusalsOf(this.mapper, type)
			.forEach((refusal) -> this.problems.add(place + " (" + type.getTypeName() + ") " + refusal));
	}

}
