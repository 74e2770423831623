package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.kraft.workflow.InvalidDefinitionException;
import org.jspecify.annotations.Nullable;

/**
 * Collects problems into one report. Not thread-safe.
 */
public final class DefinitionProblems {

	private final SortedSet<DefinitionProblem> problems = new TreeSet<>();

	/**
	 * Takes the problems of one method, or of a whole class.
	 * @param method null means the whole class
	 */
	public Sink on(String bean, Class<?> type, @Nullable Method method) {
		String described = (method != null) ? describe(method) : null;
		return (fault, fix) -> this.problems.add(new DefinitionProblem(bean, type.getName(), described, fault, fix));
	}

	/**
	 * Whether nothing is wrong.
	 */
	public boolean isEmpty() {
		return this.problems.isEmpty();
	}

	/**
	 * Ends with the report, if there is a problem.
	 * @throws InvalidDefinitionException lists all of them, in order of beans
	 */
	public void throwIfAny() {
		if (!this.problems.isEmpty()) {
			throw new InvalidDefinitionException(report());
		}
	}

	private String report() {
		StringBuilder report = new StringBuilder(
				(this.problems.size() == 1) ? "1 problem keeps" : this.problems.size() + " problems keep");
		report.append(" workflows and steps from being durable.\n");
		int number = 0;
		for (DefinitionProblem problem : this.problems) {
			number++;
			report.append("\n").append(number).append(". ").append(problem).append("\n");
		}
		return report.append("\nSee docs/reference/errors.md#kraft-1003").toString();
	}

	static String describe(Method method) {
		return method.getName() + Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", "(", ")"));
	}

	/**
	 * Takes the problems of one place.
	 */
	@FunctionalInterface
	public interface Sink {

		/**
		 * Adds a problem.
		 * @param fault what is wrong, as a sentence
		 * @param fix what to do, as a sentence
		 */
		void add(String fault, String fix);

	}

}
