package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Optional;

import io.kraft.workflow.InvalidCallException;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;

/**
 * A method of a user's class that need not be one that a proxy can intercept. Where the
 * proxy has it, the call goes through the proxy and all its advice; elsewhere (private,
 * final, not in the proxy's interfaces) it goes to what is behind the proxy, for on the
 * proxy itself the fields are null.
 *
 * @param method as the user's class has it
 * @param userClass class of the object
 */
record ReachableMethod(Method method, Class<?> userClass) {

	/**
	 * Calls the method.
	 * @param bean the object or a proxy of it
	 * @throws Throwable what the method throws, without a wrapper
	 */
	@Nullable Object invoke(Object bean, @Nullable Object[] arguments) throws Throwable {
		if (!(bean instanceof Advised proxy)) {
			return required(InvocableMethod.of(this.method, this.userClass, bean.getClass()), bean).invoke(bean,
					arguments);
		}
		Optional<InvocableMethod> intercepted = interceptedBy(bean.getClass());
		return intercepted.isPresent() ? intercepted.get().invoke(bean, arguments)
				: invokeBehind(proxy, bean, arguments);
	}

	private @Nullable Object invokeBehind(Advised proxy, Object bean, @Nullable Object[] arguments) throws Throwable {
		TargetSource source = proxy.getTargetSource();
		Object target = required(Optional.ofNullable(source.getTarget()), bean);
		try {
			return invoke(target, arguments);
		}
		finally {
			if (!source.isStatic()) {
				source.releaseTarget(target);
			}
		}
	}

	private Optional<InvocableMethod> interceptedBy(Class<?> proxyClass) {
		return Proxy.isProxyClass(proxyClass) || isOverriddenIn(proxyClass)
				? InvocableMethod.of(this.method, this.userClass, proxyClass) : Optional.empty();
	}

	private boolean isOverriddenIn(Class<?> proxyClass) {
		int modifiers = this.method.getModifiers();
		if (Modifier.isPrivate(modifiers) || Modifier.isFinal(modifiers) || Modifier.isStatic(modifiers)) {
			return false;
		}
		return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers)
				|| Packages.areSame(proxyClass, this.method.getDeclaringClass());
	}

	private <T> T required(Optional<T> found, Object bean) {
		return found.orElseThrow(() -> new InvalidCallException("a " + bean.getClass().getName()
				+ " has no object to call " + this.method.toGenericString()
				+ " on. Declare the method in an interface of the bean. See docs/reference/errors.md#kraft-1008"));
	}

}
