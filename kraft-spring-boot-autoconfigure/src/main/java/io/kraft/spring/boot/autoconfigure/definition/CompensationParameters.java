package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * One of the parameter lists that a compensating method may have.
 *
 * @param arguments what it is called with
 * @param types of which types that is, as the step declares them
 */
record CompensationParameters(CompensationArguments arguments, List<Type> types) {

	/**
	 * The lists for a step, the longest first. A step without result, or without
	 * arguments, has fewer of them.
	 */
	static List<CompensationParameters> of(SignatureReader step) {
		List<Type> arguments = step.parameterTypes();
		Type result = step.result().valueType();
		boolean hasResult = result != void.class && result != Void.class;
		List<CompensationParameters> lists = new ArrayList<>();
		if (hasResult) {
			List<Type> all = new ArrayList<>(arguments);
			all.add(result);
			lists.add(new CompensationParameters(CompensationArguments.ARGUMENTS_AND_RESULT, all));
		}
		lists.add(new CompensationParameters(CompensationArguments.ARGUMENTS, arguments));
		if (!arguments.isEmpty()) {
			if (hasResult) {
				lists.add(new CompensationParameters(CompensationArguments.RESULT, List.of(result)));
			}
			lists.add(new CompensationParameters(CompensationArguments.NONE, List.of()));
		}
		return lists;
	}

	/**
	 * Whether a method with these parameters can be called with the values of this list.
	 */
	boolean fit(List<Type> parameterTypes) {
		return areAssignable(parameterTypes, this.types);
	}

	/**
	 * Whether each of some parameters takes the value of the same place.
	 */
	static boolean areAssignable(List<Type> parameterTypes, List<Type> valueTypes) {
		if (parameterTypes.size() != valueTypes.size()) {
			return false;
		}
		for (int i = 0; i < parameterTypes.size(); i++) {
			if (!isAssignable(parameterTypes.get(i), valueTypes.get(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isAssignable(Type parameterType, Type valueType) {
		ResolvableType parameter = ResolvableType.forType(parameterType);
		ResolvableType value = ResolvableType.forType(valueType);
		Class<?> raw = raw(parameter);
		if (!raw.isAssignableFrom(raw(value))) {
			return false;
		}
		// What type arguments do not determine is left to the call, as the compiler does.
		return !parameter.hasGenerics() || parameter.hasUnresolvableGenerics()
				|| value.as(raw).hasUnresolvableGenerics() || parameter.isAssignableFrom(value);
	}

	private static Class<?> raw(ResolvableType type) {
		return ClassUtils.resolvePrimitiveIfNecessary(type.resolve(Object.class));
	}

	/**
	 * Types for people, as a method declares them.
	 */
	static String describe(List<Type> types) {
		return types.stream().map(CompensationParameters::describe).collect(Collectors.joining(", ", "(", ")"));
	}

	private static String describe(Type type) {
		Class<?> raw = ResolvableType.forType(type).resolve();
		if (raw == null) {
			return type.getTypeName();
		}
		return (type instanceof ParameterizedType parameterized)
				? raw.getSimpleName() + Arrays.stream(parameterized.getActualTypeArguments())
					.map(CompensationParameters::describe)
					.collect(Collectors.joining(", ", "<", ">"))
				: raw.getSimpleName();
	}

	@Override
	public String toString() {
		return describe(this.types);
	}

}
