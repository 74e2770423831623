package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.AmbiguousMethod;
import org.jspecify.annotations.Nullable;

/**
 * A proxy must be able to stand before the method: it overrides it in a subclass, or
 * implements the interface that declares it.
 */
final class InterceptionRule implements BeanRule {

	@Override
	public void check(DurableBean bean, DefinitionProblems problems) {
		Class<?> userClass = bean.type().userClass();
		String obstacle = userClass.isInterface() || Proxy.isProxyClass(userClass) ? null : obstacle(userClass);
		for (DurableMethod method : bean.type().methods()) {
			DefinitionProblems.Sink sink = problems.on(bean.userName(), userClass, method.method());
			if (method instanceof AmbiguousMethod) {
				sink.add("The method is both @Workflow and @Step.", "Decide for one of them.");
			}
			checkModifiers(method.method(), userClass, obstacle == null, sink);
		}
		if (obstacle != null) {
			checkClass(bean, obstacle, problems);
		}
	}

	private static void checkModifiers(Method method, Class<?> userClass, boolean isExtensible,
			DefinitionProblems.Sink problems) {
		int modifiers = method.getModifiers();
		if (Modifier.isStatic(modifiers)) {
			problems.add("The method is static: it belongs to no bean, and its calls cannot be intercepted.",
					"Make it an instance method.");
		}
		else if (Modifier.isPrivate(modifiers)) {
			problems.add("The method is private: its calls cannot be intercepted.",
					"Give it package, protected or public visibility.");
		}
		else if (Modifier.isFinal(modifiers) && isExtensible) {
			problems.add(
					"The method is final: its calls cannot be intercepted, and would run on the proxy object, whose fields are null.",
					"Remove 'final' from the method.");
		}
		else if (isPackagePrivate(modifiers) && !Packages.areSame(userClass, method.getDeclaringClass())) {
			problems.add("The method has package visibility in another package than the bean's class: "
					+ "its calls cannot be intercepted.", "Make it protected or public.");
		}
	}

	private static void checkClass(DurableBean bean, String obstacle, DefinitionProblems problems) {
		Class<?> userClass = bean.type().userClass();
		List<Method> unreachable = bean.type()
			.methods()
			.stream()
			.map(DurableMethod::method)
			.filter((method) -> !Modifier.isStatic(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers()))
			.filter((method) -> !isOfInterface(method, userClass))
			.toList();
		if (!unreachable.isEmpty()) {
			String names = unreachable.stream().map(Method::getName).distinct().collect(Collectors.joining(", "));
			problems.on(bean.userName(), userClass, null)
				.add("The class " + obstacle + ", so no proxy can be made of it that intercepts " + names + ".",
						"Make it an ordinary class that can be extended, or declare the methods in an interface "
								+ "and inject the bean by it.");
		}
	}

	private static @Nullable String obstacle(Class<?> userClass) {
		if (userClass.isRecord()) {
			return "is a record";
		}
		if (Modifier.isFinal(userClass.getModifiers())) {
			return "is final";
		}
		if (userClass.isSealed()) {
			return "is sealed";
		}
		Constructor<?>[] constructors = userClass.getDeclaredConstructors();
		boolean isClosed = Arrays.stream(constructors)
			.allMatch((constructor) -> Modifier.isPrivate(constructor.getModifiers()));
		return isClosed ? "has only private constructors" : null;
	}

	private static boolean isOfInterface(Method method, Class<?> userClass) {
		for (Class<?> type = userClass; type != null; type = type.getSuperclass()) {
			for (Class<?> implemented : type.getInterfaces()) {
				if (Arrays.stream(implemented.getMethods())
					.anyMatch((candidate) -> InvocableMethod.isImplementedBy(method, userClass, candidate))) {
					return true;
				}
			}
		}
		return false;
	}

	private static boolean isPackagePrivate(int modifiers) {
		return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE)) == 0;
	}

}
