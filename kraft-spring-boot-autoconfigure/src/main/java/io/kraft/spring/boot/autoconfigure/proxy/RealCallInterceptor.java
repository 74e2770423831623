package io.kraft.spring.boot.autoconfigure.proxy;

import io.kraft.spring.boot.autoconfigure.definition.DurableMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableType;
import io.kraft.spring.boot.autoconfigure.selfinvocation.RealCall;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * The innermost advice: announces to the object the call that it is about to make.
 */
final class RealCallInterceptor implements MethodInterceptor {

	private final DurableType type;

	private final RealCall realCall;

	RealCallInterceptor(DurableType type, RealCall realCall) {
		this.type = type;
		this.realCall = realCall;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		DurableMethod durable = this.type.find(invocation.getMethod());
		if (target == null || durable == null) {
			return invocation.proceed();
		}
		return this.realCall.proceed(target, durable.method(), invocation);
	}

}
