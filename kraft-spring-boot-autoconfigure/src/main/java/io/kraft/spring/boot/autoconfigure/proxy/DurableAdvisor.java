package io.kraft.spring.boot.autoconfigure.proxy;

import java.lang.reflect.Method;

import io.kraft.spring.boot.autoconfigure.definition.DurableType;
import org.aopalliance.intercept.MethodInterceptor;

import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;

/**
 * Advice on the durable methods of one class. No bean, or Spring would apply it a second
 * time and further inside.
 */
@SuppressWarnings("serial")
final class DurableAdvisor extends StaticMethodMatcherPointcutAdvisor {

	private final DurableType type;

	DurableAdvisor(DurableType type, MethodInterceptor interceptor) {
		super(interceptor);
		this.type = type;
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return this.type.find(method) != null;
	}

}
