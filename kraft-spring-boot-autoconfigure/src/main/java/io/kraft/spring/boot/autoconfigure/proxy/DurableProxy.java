package io.kraft.spring.boot.autoconfigure.proxy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.kraft.spring.boot.autoconfigure.definition.DefinitionProblems;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableType;
import io.kraft.spring.boot.autoconfigure.definition.InvocableMethod;
import io.kraft.spring.boot.autoconfigure.selfinvocation.SelfCall;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.util.ClassUtils;

/**
 * Puts the two ends of Kraft's advice around those that a bean already has; a bean
 * without a proxy gets one, by its class where that can be extended and else by its
 * interfaces.
 */
final class DurableProxy {

	private final String bean;

	private final DurableType type;

	private final DefinitionProblems problems = new DefinitionProblems();

	DurableProxy(String bean, DurableType type) {
		this.bean = bean;
		this.type = type;
	}

	/**
	 * Makes, or completes, the proxy.
	 * @param selfCall the object's calls on itself, if they come by; sent through the
	 * proxy from now on
	 * @throws io.kraft.workflow.InvalidDefinitionException if calls could pass by
	 */
	Object around(Object object, DurableAdvice advice, @Nullable SelfCall selfCall) {
		Object proxy = (object instanceof SpringProxy) ? complete(object, advice) : create(object, advice);
		Map<Method, InvocableMethod> methods = invocableOn(proxy.getClass());
		this.problems.throwIfAny();
		if (selfCall != null) {
			selfCall.goThrough(proxy, methods);
		}
		return proxy;
	}

	private Object complete(Object proxy, DurableAdvice advice) {
		if (!(proxy instanceof Advised advised)) {
			return refuse(proxy, "opaque");
		}
		Advised innermost = innermost(advised);
		if (advised.isFrozen() || innermost.isFrozen()) {
			return refuse(proxy, "frozen");
		}
		innermost.addAdvisor(advice.innermost());
		advised.addAdvisor(0, advice.outermost());
		return proxy;
	}

	private Object refuse(Object proxy, String what) {
		this.problems.on(this.bean, this.type.userClass(), null)
			.add("The bean has a proxy that is " + what
					+ ", so its calls cannot be made durable around the advice that is there.",
					"Do not set '" + what
							+ "' on the ProxyFactory that makes it, or move the methods to another bean.");
		return proxy;
	}

	private static Advised innermost(Advised outermost) {
		Advised innermost = outermost;
		while (target(innermost) instanceof Advised inner) {
			innermost = inner;
		}
		return innermost;
	}

	private static @Nullable Object target(Advised advised) {
		TargetSource source = advised.getTargetSource();
		try {
			return source.isStatic() ? source.getTarget() : null;
		}
		catch (Exception ex) {
			throw new IllegalStateException("A static target source has no target", ex);
		}
	}

	private Object create(Object object, DurableAdvice advice) {
		Class<?> objectClass = object.getClass();
		ProxyFactory factory = new ProxyFactory();
		factory.setTarget(object);
		if (Modifier.isFinal(objectClass.getModifiers())) {
			factory.setInterfaces(ClassUtils.getAllInterfacesForClass(objectClass));
		}
		else {
			factory.setProxyTargetClass(true);
		}
		factory.addAdvisor(advice.outermost());
		factory.addAdvisor(advice.innermost());
		return factory.getProxy(this.type.userClass().getClassLoader());
	}

	private Map<Method, InvocableMethod> invocableOn(Class<?> proxyClass) {
		Map<Method, InvocableMethod> methods = new LinkedHashMap<>();
		for (DurableMethod durable : this.type.methods()) {
			Method method = durable.method();
			DefinitionProblems.Sink sink = this.problems.on(this.bean, this.type.userClass(), method);
			InvocableMethod.of(method, this.type.userClass(), proxyClass)
				.ifPresentOrElse((invocable) -> methods.put(method, invocable),
						() -> sink.add("The bean's proxy has only the bean's interfaces, and none declares the method.",
								"Declare it in an interface of the bean, or set spring.aop.proxy-target-class=true."));
			if (isHiddenFrom(method, proxyClass)) {
				sink.add("The method has package visibility, and the bean's proxy is in another class loader.",
						"Make it protected or public.");
			}
		}
		return methods;
	}

	private static boolean isHiddenFrom(Method method, Class<?> proxyClass) {
		boolean isPackagePrivate = (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0;
		return isPackagePrivate && !Proxy.isProxyClass(proxyClass)
				&& !Objects.equals(method.getDeclaringClass().getClassLoader(), proxyClass.getClassLoader());
	}

}
