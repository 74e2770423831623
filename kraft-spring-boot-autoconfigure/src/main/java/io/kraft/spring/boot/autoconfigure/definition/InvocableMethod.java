package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.core.BridgeMethodResolver;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a user's class in the form in which it can be called on a proxy of that
 * class: itself, or the method of an interface where the proxy has only those.
 */
public final class InvocableMethod {

	private final Method method;

	private InvocableMethod(Method method) {
		this.method = method;
		ReflectionUtils.makeAccessible(method);
	}

	/**
	 * Finds the form.
	 * @param method as the user's class has it
	 * @param beanClass class of the bean, a proxy or not
	 * @return empty if the bean has no such method
	 */
	public static Optional<InvocableMethod> of(Method method, Class<?> userClass, Class<?> beanClass) {
		if (method.getDeclaringClass().isAssignableFrom(beanClass)) {
			return Optional.of(new InvocableMethod(method));
		}
		for (Class<?> type : ClassUtils.getAllInterfacesForClassAsSet(beanClass)) {
			for (Method candidate : type.getMethods()) {
				if (isImplementedBy(method, userClass, candidate)) {
					return Optional.of(new InvocableMethod(candidate));
				}
			}
		}
		return Optional.empty();
	}

	static boolean isImplementedBy(Method method, Class<?> userClass, Method candidate) {
		return candidate.getName().equals(method.getName())
				&& candidate.getParameterCount() == method.getParameterCount()
				&& BridgeMethodResolver.getMostSpecificMethod(candidate, userClass).equals(method);
	}

	/**
	 * Calls the method.
	 * @throws Throwable what the method throws, without a wrapper
	 */
	public @Nullable Object invoke(Object bean, @Nullable Object[] arguments) throws Throwable {
		try {
			return this.method.invoke(bean, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
