package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kraft.client.RunIds;
import io.kraft.workflow.InvalidCallException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * The expression that gives a run's id from the arguments of its workflow. They are known
 * by their names ({@code #order}) and by their numbers ({@code #p0}, {@code #a0}). Parsed
 * and checked once.
 */
final class WorkflowIdExpression implements Function<@Nullable Object[], @Nullable String> {

	private static final Pattern NUMBERED = Pattern.compile("[pa](\\d{1,4})");

	private static final ParameterNameDiscoverer parameterNames = new DefaultParameterNameDiscoverer();

	private final String workflow;

	private final Method method;

	private final SpelExpression expression;

	private WorkflowIdExpression(String workflow, Method method, SpelExpression expression) {
		this.workflow = workflow;
		this.method = method;
		this.expression = expression;
	}

	/**
	 * Parses an expression.
	 * @return null if it is wrong, which has been reported
	 */
	static @Nullable WorkflowIdExpression parse(String workflow, Method method, String text,
			DefinitionProblems.Sink problems) {
		try {
			SpelExpression expression = new SpelExpressionParser().parseRaw(text);
			String unknown = unknownVariable(expression.getAST(), method);
			if (unknown == null) {
				return new WorkflowIdExpression(workflow, method, expression);
			}
			problems.add("The id \"" + text + "\" uses " + unknown + ", which is not a parameter of the method.",
					fix(method));
		}
		catch (ParseException | IllegalStateException | IllegalArgumentException ex) {
			problems.add("The id \"" + text + "\" is not a SpEL expression (" + ex.getMessage() + ").",
					"Write it like \"#order.id\" or \"'order-' + #p0\".");
		}
		return null;
	}

	private static @Nullable String unknownVariable(SpelNode node, Method method) {
		if (node instanceof VariableReference && !isKnown(node.toStringAST().substring(1), method)) {
			return node.toStringAST();
		}
		for (int i = 0; i < node.getChildCount(); i++) {
			String unknown = unknownVariable(node.getChild(i), method);
			if (unknown != null) {
				return unknown;
			}
		}
		return null;
	}

	private static boolean isKnown(String variable, Method method) {
		Matcher numbered = NUMBERED.matcher(variable);
		return variable.equals("this") || variable.equals("root")
				|| Arrays.asList(parameterNames(method)).contains(variable)
				|| (numbered.matches() && Integer.parseInt(numbered.group(1)) < method.getParameterCount());
	}

	private static String fix(Method method) {
		@Nullable String[] names = parameterNames(method);
		if (names.length < method.getParameterCount()) {
			return "Compile with -parameters, or use #p0, #p1 and so on.";
		}
		return (names.length == 0) ? "Give the method a parameter, or leave the id out."
				: "Use one of #" + String.join(", #", Arrays.asList(names)) + ".";
	}

	private static @Nullable String[] parameterNames(Method method) {
		@Nullable String[] names = parameterNames.getParameterNames(method);
		return (names != null) ? names : new String[0];
	}

	@Override
	public String apply(@Nullable Object[] arguments) {
		Object id;
		try {
			id = this.expression
				.getValue(new MethodBasedEvaluationContext(arguments, this.method, arguments, parameterNames));
		}
		catch (EvaluationException | IllegalStateException ex) {
			throw new InvalidCallException(describe() + " cannot be evaluated: " + ex.getMessage()
					+ ". Check the arguments of the call. See docs/reference/errors.md#kraft-1008", ex);
		}
		if (id == null) {
			throw new InvalidCallException(describe()
					+ " gives null for the arguments of this call. A run needs an id: pass arguments that give one, "
					+ "or leave the expression out to get a random id. See docs/reference/errors.md#kraft-1008");
		}
		return checked(id.toString());
	}

	/** The arguments decide it, which can be those of a request. */
	private String checked(String id) {
		try {
			return RunIds.check(id);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidCallException(
					describe() + " gives none: " + ex.getMessage() + ". See docs/reference/errors.md#kraft-1008", ex);
		}
	}

	private String describe() {
		return "the id \"" + this.expression.getExpressionString() + "\" of workflow '" + this.workflow + "'";
	}

}
