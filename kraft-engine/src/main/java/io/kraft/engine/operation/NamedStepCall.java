package io.kraft.engine.operation;

import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

import io.kraft.engine.definition.NamedStep;
import io.kraft.engine.run.Branch;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.UnknownStepException;
import org.jspecify.annotations.Nullable;

/**
 * A call of a step by its name.
 */
final class NamedStepCall {

	private NamedStepCall() {
	}

	/**
	 * Calls the step as other code would.
	 * @param type as which the result is wanted
	 */
	static @Nullable Object execute(Branch branch, String name, Type type, @Nullable Object[] arguments) {
		branch.checkOutsideBody("call");
		NamedStep step = find(branch, name);
		checkArguments(step, arguments);
		checkType(step, type);
		try {
			return step.definition().resultStyle().await(step.body().call(arguments));
		}
		catch (Throwable ex) {
			throw Sneaky.rethrow(ex);
		}
	}

	private static NamedStep find(Branch branch, String name) {
		try {
			return branch.run().environment().definitions().steps().find(name);
		}
		catch (UnknownStepException ex) {
			throw branch.run().continuation().pause(ex);
		}
	}

	private static void checkArguments(NamedStep step, @Nullable Object[] arguments) {
		List<Type> expected = step.definition().signature().parameterTypes();
		boolean fits = arguments.length == expected.size();
		for (int i = 0; fits && i < arguments.length; i++) {
			fits = accepts(expected.get(i), arguments[i]);
		}
		if (!fits) {
			throw new InvalidCallException("step '" + step + "' (" + step.origin() + ") takes " + names(expected)
					+ ", but was called by name with " + classes(arguments)
					+ ". See docs/reference/errors.md#kraft-1008");
		}
	}

	private static boolean accepts(Type type, @Nullable Object value) {
		Class<?> raw = raw(type);
		return (value != null) ? boxed(raw).isInstance(value) : !raw.isPrimitive();
	}

	private static void checkType(NamedStep step, Type type) {
		Type result = step.definition().signature().resultType();
		Class<?> wanted = boxed(raw(type));
		if (result != void.class && !wanted.isAssignableFrom(boxed(raw(result)))) {
			throw new InvalidCallException("step '" + step + "' (" + step.origin() + ") returns " + result.getTypeName()
					+ ", but was called by name for a " + type.getTypeName()
					+ ". See docs/reference/errors.md#kraft-1008");
		}
	}

	private static Class<?> raw(Type type) {
		return switch (type) {
			case Class<?> plain -> plain;
			case ParameterizedType parameterized -> (Class<?>) parameterized.getRawType();
			default -> Object.class;
		};
	}

	private static Class<?> boxed(Class<?> type) {
		return MethodType.methodType(type).wrap().returnType();
	}

	private static String names(List<Type> types) {
		return types.stream().map(Type::getTypeName).toList().toString();
	}

	private static String classes(@Nullable Object[] values) {
		return Arrays.stream(values)
			.map((value) -> (value != null) ? value.getClass().getTypeName() : "null")
			.toList()
			.toString();
	}

}
