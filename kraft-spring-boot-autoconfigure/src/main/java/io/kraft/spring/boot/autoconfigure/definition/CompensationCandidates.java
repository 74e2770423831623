package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;

/**
 * The methods of one name that a step could mean by its compensation: those that the code
 * of the bean's class could call, and that of the class that declares the step. Of two
 * with the same parameters, the nearer to the bean's class.
 */
final class CompensationCandidates {

	private final String name;

	private final Set<Class<?>> callers;

	/**
	 * Candidates of a name.
	 * @param callers classes whose private methods count too
	 */
	CompensationCandidates(String name, Set<Class<?>> callers) {
		this.name = name;
		this.callers = callers;
	}

	/**
	 * The methods with the types of their parameters.
	 */
	Map<Method, List<Type>> in(Class<?> userClass) {
		MetadataLookup<Boolean> lookup = (method) -> isMeant(method) ? Boolean.TRUE : null;
		Map<List<Type>, Method> nearest = new LinkedHashMap<>();
		for (Method method : MethodIntrospector.selectMethods(userClass, lookup).keySet()) {
			Method bridged = BridgeMethodResolver.findBridgedMethod(method);
			nearest.putIfAbsent(new SignatureReader(userClass, bridged).parameterTypes(), bridged);
		}
		Map<Method, List<Type>> methods = new LinkedHashMap<>();
		nearest.forEach((types, method) -> methods.put(method, types));
		return methods;
	}

	private boolean isMeant(Method method) {
		return method.getName().equals(this.name)
				&& this.callers.stream().anyMatch((caller) -> canCall(caller, method));
	}

	private static boolean canCall(Class<?> caller, Method method) {
		int modifiers = method.getModifiers();
		if (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers)) {
			return true;
		}
		return Modifier.isPrivate(modifiers) ? method.getDeclaringClass() == caller
				: Packages.areSame(caller, method.getDeclaringClass());
	}

}
