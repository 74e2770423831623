package io.kraft.engine.definition;

import java.lang.reflect.Type;
import java.util.List;

/**
 * The types by which a method's values are written to the journal and read back.
 *
 * @param parameterTypes resolved generic types of the parameters
 * @param resultType resolved generic type of the value that is journaled: for an
 * asynchronous method that of its value; {@code void.class} if it has none
 * @param exceptionTypes the declared exceptions
 * @param classLoader loads exception types by name
 */
public record MethodSignature(List<Type> parameterTypes, Type resultType,
		List<Class<? extends Throwable>> exceptionTypes, ClassLoader classLoader) {

	public MethodSignature {
		parameterTypes = List.copyOf(parameterTypes);
		exceptionTypes = List.copyOf(exceptionTypes);
	}

	/**
	 * A signature without declared exceptions.
	 */
	public static MethodSignature of(Type resultType, Type... parameterTypes) {
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		return new MethodSignature(List.of(parameterTypes), resultType, List.of(),
				(loader != null) ? loader : ClassLoader.getSystemClassLoader());
	}

}
