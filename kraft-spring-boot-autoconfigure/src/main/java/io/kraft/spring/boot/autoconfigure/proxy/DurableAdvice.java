package io.kraft.spring.boot.autoconfigure.proxy;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.kraft.engine.call.DurableCalls;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.spring.boot.autoconfigure.definition.CompensationMethod;
import io.kraft.spring.boot.autoconfigure.definition.CompensationReader;
import io.kraft.spring.boot.autoconfigure.definition.DefinitionProblems;
import io.kraft.spring.boot.autoconfigure.definition.DurableBeans;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.AmbiguousMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.MisplacedSchedule;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.StepMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.WorkflowMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableType;
import io.kraft.spring.boot.autoconfigure.definition.StepReader;
import io.kraft.spring.boot.autoconfigure.selfinvocation.RealCall;

/**
 * The two ends of a bean's chain of advice.
 *
 * @param outermost passes the call to the engine
 * @param innermost announces the real call
 */
record DurableAdvice(DurableAdvisor outermost, DurableAdvisor innermost) {

	/**
	 * Reads the definitions of a bean once, for all objects and calls of it.
	 */
	static DurableAdvice of(String bean, DurableType type, DurableBeans beans, StepReader stepReader,
			Supplier<DurableCalls> calls, RealCall realCall) {
		DefinitionProblems problems = new DefinitionProblems();
		Map<Method, StepDefinition> steps = new LinkedHashMap<>();
		CompensationReader compensationReader = new CompensationReader(stepReader);
		Map<Method, CompensationMethod> compensations = new LinkedHashMap<>();
		Map<Method, WorkflowDefinition> workflows = new LinkedHashMap<>();
		for (DurableMethod method : type.methods()) {
			DefinitionProblems.Sink sink = problems.on(bean, type.userClass(), method.method());
			switch (method) {
				case StepMethod step -> {
					steps.put(method.method(), stepReader.read(type, step, sink));
					compensationReader.read(type, step, sink)
						.ifPresent((compensation) -> compensations.put(method.method(), compensation));
				}
				case WorkflowMethod workflow -> beans.workflow(bean, type, method.method())
					.ifPresentOrElse((known) -> workflows.put(method.method(), known), () -> sink.add(
							"The definition of the bean does not show that it has this workflow, so no run of it could be recovered.",
							"Let the @Bean method declare the class " + type.userClass().getSimpleName()
									+ " as its return type, and register the bean before the application starts."));
				case MisplacedSchedule misplaced ->
					sink.add("The method has a @Schedule, but is not a @Workflow.", "Put @Workflow on it, too.");
				case AmbiguousMethod ambiguous ->
					sink.add("The method is both @Workflow and @Step.", "Decide for one of them.");
			}
		}
		problems.throwIfAny();
		return new DurableAdvice(
				new DurableAdvisor(type, new DurableCallInterceptor(type, steps, compensations, workflows, calls)),
				new DurableAdvisor(type, new RealCallInterceptor(type, realCall)));
	}

}
