package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.kraft.engine.definition.StepDefinition;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.StepMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.WorkflowMethod;
import io.kraft.workflow.Step;

import org.springframework.core.annotation.MergedAnnotation;

/**
 * Finds the compensation of a step by the name in its {@link Step}.
 * <p>
 * Of several methods of that name the one that takes the most is meant, and among those
 * the most specific one, as in a call of Java. A single parameter that could be the
 * argument as well as the result is refused.
 */
public final class CompensationReader {

	private final StepReader steps;

	/**
	 * A reader.
	 * @param steps reads the compensating method as a step
	 */
	public CompensationReader(StepReader steps) {
		this.steps = steps;
	}

	/**
	 * Reads the compensation of a step.
	 * @param type of the object itself: an abstract one may not have the method yet
	 * @return empty if there is none, or if it is wrong, which has been reported
	 */
	public Optional<CompensationMethod> read(DurableType type, StepMethod step, DefinitionProblems.Sink problems) {
		String name = this.steps.compensation(step, problems);
		if (name.isEmpty()) {
			return Optional.empty();
		}
		return find(name, type, step, problems)
			.flatMap((fit) -> define(fit, type, (fault, fix) -> problems.add(subject(name) + fault, fix)));
	}

	private static Optional<Fit> find(String name, DurableType type, StepMethod step,
			DefinitionProblems.Sink problems) {
		List<CompensationParameters> allowed = CompensationParameters
			.of(new SignatureReader(type.userClass(), step.method()));
		Map<Method, List<Type>> candidates = new CompensationCandidates(name, callers(type, step)).in(type.userClass());
		if (candidates.isEmpty()) {
			problems.add(subject(name) + "is not a method of the bean's class.",
					"Add a method '" + name + "' that takes " + oneOf(allowed) + ", or correct the name.");
			return Optional.empty();
		}
		List<Fit> fits = mostSpecific(longest(fits(candidates, allowed)));
		if (fits.isEmpty()) {
			problems.add(subject(name) + "takes " + describe(candidates.values())
					+ ", which does not match what the step provides.", "Let it take " + oneOf(allowed) + ".");
			return Optional.empty();
		}
		Fit fit = fits.get(0);
		if (fits.size() > 1) {
			problems.add(
					subject(name) + "may be the method with "
							+ describe(fits.stream().map(Fit::parameterTypes).toList()) + ".",
					"Let one of them take " + allowed.get(0) + ", or give one of them another name.");
			return Optional.empty();
		}
		if (fit.arguments().size() > 1) {
			problems.add(
					subject(name) + "takes " + CompensationParameters.describe(fit.parameterTypes())
							+ ", which may be the argument of the step or its result.",
					"Let it take both, as " + allowed.get(0) + ": the argument, then the result.");
			return Optional.empty();
		}
		return Optional.of(fit);
	}

	private static Set<Class<?>> callers(DurableType type, StepMethod step) {
		Set<Class<?>> callers = new LinkedHashSet<>(List.of(type.userClass(), step.method().getDeclaringClass()));
		Object source = step.annotation().getSource();
		if (source instanceof Method annotated) {
			callers.add(annotated.getDeclaringClass());
		}
		else if (source instanceof Class<?> annotated) {
			callers.add(annotated);
		}
		return callers;
	}

	private static List<Fit> fits(Map<Method, List<Type>> candidates, List<CompensationParameters> allowed) {
		List<Fit> fits = new ArrayList<>();
		candidates.forEach((method, types) -> {
			List<CompensationArguments> arguments = allowed.stream()
				.filter((parameters) -> parameters.fit(types))
				.map(CompensationParameters::arguments)
				.toList();
			if (!arguments.isEmpty()) {
				fits.add(new Fit(method, types, arguments));
			}
		});
		return fits;
	}

	private static List<Fit> longest(List<Fit> fits) {
		int length = fits.stream().mapToInt(Fit::length).max().orElse(0);
		return fits.stream().filter((fit) -> fit.length() == length).toList();
	}

	private static List<Fit> mostSpecific(List<Fit> fits) {
		List<Fit> specific = fits.stream().filter((fit) -> fits.stream().allMatch(fit::isWithin)).toList();
		return (specific.size() == 1) ? specific : fits;
	}

	private Optional<CompensationMethod> define(Fit fit, DurableType type, DefinitionProblems.Sink problems) {
		DurableMethod durable = type.find(fit.method());
		if (durable instanceof WorkflowMethod) {
			problems.add("is a workflow.", "Name a step or a plain method, which may start the workflow.");
			return Optional.empty();
		}
		if (durable instanceof StepMethod step) {
			String further = this.steps.compensation(step, problems);
			if (!further.isEmpty()) {
				problems.add("is a step that has a compensation itself, \"" + further + "\".",
						"Annotate it with a @Step that has none: a compensation is not compensated.");
				return Optional.empty();
			}
			// What is wrong with that step is reported at its own place.
			return Optional
				.of(new CompensationMethod(fit.method(), type.userClass(), this.steps.read(type, step, (fault, fix) -> {
				}), fit.arguments().get(0)));
		}
		ValueTypeRule.checkResult(new SignatureReader(type.userClass(), fit.method()).result(),
				(fault, fix) -> problems.add("cannot be a step. " + fault, fix));
		AdviceRule.checkStep(fit.method(), type.userClass(),
				(fault, fix) -> problems.add("cannot be a step. " + fault, fix));
		StepDefinition plain = this.steps.read(type, new StepMethod(fit.method(), MergedAnnotation.of(Step.class)),
				problems);
		return Optional.of(new CompensationMethod(fit.method(), type.userClass(), plain, fit.arguments().get(0)));
	}

	private static String subject(String name) {
		return "The compensation \"" + name + "\" ";
	}

	private static String oneOf(List<CompensationParameters> allowed) {
		return allowed.stream()
			.map((parameters) -> parameters.types().isEmpty() ? "nothing" : parameters.toString())
			.collect(Collectors.joining(" or "));
	}

	private static String describe(Iterable<List<Type>> parameterTypes) {
		List<String> described = new ArrayList<>();
		parameterTypes.forEach((types) -> described.add(CompensationParameters.describe(types)));
		described.sort(Comparator.naturalOrder());
		return String.join(" or ", described);
	}

	/**
	 * A method that can be called with the step's arguments and result.
	 *
	 * @param arguments of which kinds that may be, at least one
	 */
	private record Fit(Method method, List<Type> parameterTypes, List<CompensationArguments> arguments) {

		int length() {
			return this.parameterTypes.size();
		}

		boolean isWithin(Fit other) {
			return CompensationParameters.areAssignable(other.parameterTypes, this.parameterTypes);
		}

	}

}
